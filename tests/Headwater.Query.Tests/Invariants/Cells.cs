using System.Globalization;

namespace Headwater.Query.Tests.Invariants;

/// <summary>Values as text, alike whether an engine gave them or not.</summary>
internal static class Cells
{
    public static string Text(IEnumerable<object?> values) => string.Join(" | ", values.Select(Text));

    public static string Text(object? value) =>
        value switch
        {
            null => "unknown",
            string text => $"'{text}'",
            DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            DateTime time => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            _ => Number(value).ToString("0.####", CultureInfo.InvariantCulture),
        };

    /// <summary>Engines average in floats.</summary>
    public static decimal Number(object value) =>
        decimal.Round(value is Int128 wide ? (decimal)wide : Convert.ToDecimal(value, CultureInfo.InvariantCulture), 4);
}

using System.Globalization;
using System.Text.RegularExpressions;

namespace Headwater.Modeling.Materializations;

/// <summary>The type of a seed's column: the narrowest that all of its values have, as dbt decides it. The first step that every value fits is taken.</summary>
internal sealed partial class SeedColumnType
{
    private const int WholeNumber = 1;

    private static readonly (string Type, Func<string, bool> Fits)[] Ladder =
    [
        ("boolean", static text => text.ToLowerInvariant() is "true" or "false"),
        ("integer", static text => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out _)),
        ("bigint", static text => long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out _)),
        (
            "double precision",
            static text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
        ),
        (
            "date",
            static text =>
                DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
        ),
        (
            "timestamp",
            static text =>
                Moment().IsMatch(text)
                && DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out _)
        ),
    ];

    private readonly bool[] _fits = [true, true, true, true, true, true];
    private bool _hasValues;

    public string Type
    {
        get
        {
            // As dbt has it, a column without values is a number.
            var step = _hasValues ? Array.IndexOf(_fits, value: true) : WholeNumber;
            return step < 0 ? "text" : Ladder[step].Type;
        }
    }

    public void See(string? text)
    {
        if (text is null)
        {
            return;
        }

        _hasValues = true;
        for (var step = 0; step < Ladder.Length; step++)
        {
            _fits[step] = _fits[step] && Ladder[step].Fits(text);
        }
    }

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}[ T]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Moment();
}

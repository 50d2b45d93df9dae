using System.Globalization;
using Headwater.Warehouse.Results;

namespace Headwater.Query.Tests;

/// <summary>Results as text, for comparing.</summary>
internal static class Rows
{
    /// <summary>Rows joined by semicolons, values by commas, null as a dash.</summary>
    public static string Text(this Reply reply) => reply.Answer.Table.Text();

    public static string Text(this ResultTable table)
    {
        var rows = new List<string>();
        for (long row = 0; row < table.RowCount; row++)
        {
            var values = Enumerable.Range(0, table.Columns.Count).Select(column => Text(table.Value(row, column)));
            rows.Add(string.Join(',', values));
        }

        return string.Join("; ", rows);
    }

    private static string Text(object? value) =>
        value switch
        {
            null => "-",
            DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            decimal number => number.ToString("0.####", CultureInfo.InvariantCulture),
            double number => number.ToString("0.####", CultureInfo.InvariantCulture),
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString()!,
        };
}

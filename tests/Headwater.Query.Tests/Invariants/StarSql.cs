using System.Globalization;

namespace Headwater.Query.Tests.Invariants;

/// <summary>The tables of a star, filled, as SQL.</summary>
internal static class StarSql
{
    public static string Of(Star star) =>
        "CREATE SCHEMA analytics;\n"
        + string.Concat(star.References.Select(Table))
        + string.Concat(star.Facts.Select(Table));

    /// <summary>A value as a condition or a statement has it.</summary>
    public static string Literal(object? value) =>
        value switch
        {
            null => "NULL",
            string text => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'",
            DateOnly day => $"'{day:yyyy-MM-dd}'",
            bool flag => flag ? "TRUE" : "FALSE",
            _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };

    private static string Table(ReferenceTable table) =>
        Table(
            table.Name,
            [
                "id INTEGER",
                .. table.Labels.Select(label => $"\"{label}\" VARCHAR(20)"),
                .. table.Keys.Select(entity => $"{entity}_id INTEGER"),
            ],
            table.Rows.Select(row => (object?[])[row.Id, .. row.Labels, .. row.Keys])
        );

    private static string Table(FactTable table) =>
        Table(
            table.Name,
            [
                "id INTEGER",
                .. table.Labels.Select(label => $"\"{label}\" VARCHAR(20)"),
                .. table.Keys.Select(entity => $"{entity}_id INTEGER"),
                "happened_on DATE",
                "flag BOOLEAN",
                "amount DECIMAL(12, 2)",
            ],
            table.Rows.Select(row => (object?[])[row.Id, .. row.Labels, .. row.Keys, row.Day, row.Flag, row.Amount])
        );

    private static string Table(string name, IEnumerable<string> columns, IEnumerable<object?[]> rows)
    {
        var values = rows.Select(row => $"({string.Join(", ", row.Select(Literal))})").ToList();
        return $"CREATE TABLE analytics.{name} ({string.Join(", ", columns)});\n"
            + (values.Count == 0 ? "" : $"INSERT INTO analytics.{name} VALUES {string.Join(",\n", values)};\n");
    }
}

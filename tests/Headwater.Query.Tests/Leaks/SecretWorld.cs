using System.Globalization;
using System.Text;
using Headwater.Sql.Masking;

namespace Headwater.Query.Tests.Leaks;

/// <summary>A generated project whose every row holds a text and a number that stand nowhere else, so that whatever leaks can be recognised.</summary>
/// <param name="Tables">Tables, those that others refer to first.</param>
internal sealed record SecretWorld(IReadOnlyList<SecretTable> Tables)
{
    public static readonly string[] Labels = ["red", "green", "blue"];

    public static SecretWorld Generate(Random random)
    {
        var tables = new List<SecretTable>();
        var references = random.Next(1, 4);
        for (var index = 0; index < references; index++)
        {
            // Each is referred to by one other at most, so that there is one way to it.
            var free = tables.Where(table => !tables.Exists(other => other.Keys.Contains(table.Name))).ToList();
            var keys =
                free.Count > 0 && random.Next(2) == 0 ? [free[random.Next(free.Count)].Name] : new List<string>();
            tables.Add(SecretTable.Generate($"d{index}", keys, isFact: false, random));
        }

        var roots = tables.Where(table => !tables.Exists(other => other.Keys.Contains(table.Name))).ToList();
        for (var index = 0; index < 2; index++)
        {
            var keys = roots.Where(_ => random.Next(3) > 0).Select(table => table.Name).ToList();
            tables.Add(SecretTable.Generate($"f{index}", keys, isFact: true, random));
        }

        tables.Add(SecretTable.Generate("loose", [], isFact: false, random) with { HasMeaning = false });
        return new SecretWorld(tables);
    }

    public SecretTable Table(string name) => Tables.First(table => table.Name == name);

    /// <summary>The tables that lead from one to another by keys, the first left out; null if none do.</summary>
    public IReadOnlyList<string>? Path(string from, string to)
    {
        if (from == to)
        {
            return [];
        }

        foreach (var key in Table(from).Keys)
        {
            if (Path(key, to) is { } rest)
            {
                return [key, .. rest];
            }
        }

        return null;
    }

    public string Sql() =>
        "CREATE SCHEMA analytics;\nCREATE SCHEMA raw_src;\n"
        + string.Concat(Tables.Select(table => table.Sql("analytics")))
        + "CREATE TABLE raw_src.things AS SELECT * FROM analytics.f0;\n"
        + "CREATE VIEW analytics.overview AS SELECT f.id, f.label, f.note, f.amount FROM analytics.f0 AS f;\n";

    public string Yaml()
    {
        var yaml = new StringBuilder("semantic_models:\n");
        foreach (var table in Tables.Where(table => table.HasMeaning))
        {
            var keys = string.Concat(
                table.Keys.Select(key => $"      - {{name: {key}, type: foreign, expr: {key}_id}}\n")
            );
            var facts = table.IsFact
                ? $"""
                          - name: day
                            type: time
                            type_params:
                              time_granularity: day
                        measures:
                          - name: {table.Name}_total
                            agg: sum
                            expr: amount
                          - name: {table.Name}_number
                            agg: count
                            expr: id
                          - name: {table.Name}_greatest
                            agg: max
                            expr: note
                          - name: {table.Name}_different
                            agg: count_distinct
                            expr: note

                    """
                : "";
            yaml.Append(
                CultureInfo.InvariantCulture,
                $"""
                  - name: {table.Name}
                    model: ref('{table.Name}')
                    {(table.IsFact ? $"defaults:\n      agg_time_dimension: day" : "description: What is referred to.")}
                    entities:
                      - name: {table.Name}
                        type: primary
                        expr: id
                {keys}    dimensions:
                      - name: label
                        type: categorical
                      - name: note
                        type: categorical
                {facts}
                """
            );
        }

        yaml.Append("metrics:\n");
        foreach (var measure in Tables.Where(table => table.IsFact).SelectMany(SecretTable.Measures))
        {
            yaml.Append(
                CultureInfo.InvariantCulture,
                $"  - name: {measure}\n    type: simple\n    type_params:\n      measure: {measure}\n"
            );
        }

        return yaml.ToString();
    }
}

/// <param name="Keys">The tables that it refers to.</param>
/// <param name="Columns">The columns with their values by row.</param>
internal sealed record SecretTable(
    string Name,
    IReadOnlyList<string> Keys,
    bool IsFact,
    IReadOnlyList<SecretColumn> Columns,
    IReadOnlyList<object?[]> Rows
)
{
    /// <summary>Whether a semantic model says what it is.</summary>
    public bool HasMeaning { get; init; } = true;

    public static IEnumerable<string> Measures(SecretTable table) =>
        ((string[])["total", "number", "greatest", "different"]).Select(measure => $"{table.Name}_{measure}");

    public static SecretTable Generate(string name, IReadOnlyList<string> keys, bool isFact, Random random)
    {
        List<SecretColumn> columns =
        [
            new("id", "INTEGER", ColumnFamily.Other),
            new("label", "VARCHAR", ColumnFamily.Text),
            new("note", "VARCHAR", ColumnFamily.Text),
            new("amount", "DECIMAL(12,2)", ColumnFamily.Other),
            new("day", "DATE", ColumnFamily.Date),
            .. keys.Select(key => new SecretColumn($"{key}_id", "INTEGER", ColumnFamily.Other)),
        ];
        var rows = new List<object?[]>();
        for (var id = 1; id <= (isFact ? random.Next(8, 24) : random.Next(2, 6)); id++)
        {
            rows.Add([
                id,
                random.Next(8) == 0 ? null : SecretWorld.Labels[random.Next(3)],
                Secret(random),
                random.Next(10_000_000, 99_999_999) / 100m,
                random.Next(8) == 0 ? null : new DateOnly(2025, 1, 1).AddDays(random.Next(90)),
                .. keys.Select(_ => random.Next(7) == 0 ? null : (object?)random.Next(1, 6)),
            ]);
        }

        return new SecretTable(name, keys, isFact, columns, rows);
    }

    public int At(string column) => Columns.ToList().FindIndex(item => item.Name == column);

    public string Sql(string schema)
    {
        var columns = string.Join(", ", Columns.Select(column => $"{column.Name} {column.Type}"));
        var values = Rows.Select(row => $"({string.Join(", ", row.Select(Literal))})").ToList();
        return $"CREATE TABLE {schema}.{Name} ({columns});\n"
            + (values.Count == 0 ? "" : $"INSERT INTO {schema}.{Name} VALUES {string.Join(", ", values)};\n");
    }

    private static string Literal(object? value) =>
        value switch
        {
            null => "NULL",
            string text => $"'{text}'",
            DateOnly day => $"DATE '{day:yyyy-MM-dd}'",
            _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };

    // No word of ours and no hexadecimal digit pair runs into it by chance.
    private static string Secret(Random random) =>
        "zq" + string.Concat(Enumerable.Range(0, 8).Select(_ => (char)('g' + random.Next(20))));
}

internal sealed record SecretColumn(string Name, string Type, ColumnFamily Family);

using Headwater.Warehouse.Port;

namespace Headwater.Sources.Formats;

/// <summary>Reading a file whose columns the engine names itself.</summary>
internal static class DescribedReading
{
    public static async ValueTask<FileReading> OfAsync(
        ReadingContext context,
        string from,
        CancellationToken cancellationToken
    )
    {
        var columns = new List<FileColumn>();
        foreach (var (name, type) in await DescribeAsync(context.Connection, from, cancellationToken))
        {
            var quoted = context.Dialect.Quote(name);
            var declared = context.DeclaredType(name);
            columns.Add(
                declared is null
                    ? new FileColumn(name, type, quoted)
                    : new FileColumn(name, declared, $"TRY_CAST({quoted} AS {declared})")
            );
        }

        // A value that does not fit a declared type sets its row aside.
        var rules = columns
            .Where(column => context.Options.Columns.ContainsKey(column.Name))
            .Select(column => new ReadingRule(
                column.Name,
                $"{context.Dialect.Quote(column.Name)} IS NOT NULL AND {column.Expression} IS NULL",
                $"not a {column.Type.ToLowerInvariant()}"
            ));
        var original =
            $"CAST(to_json(struct_pack({string.Join(", ", columns.Select(column => $"{context.Dialect.Quote(column.Name)} := {context.Dialect.Quote(column.Name)}"))})) AS VARCHAR)";
        return new FileReading(columns, from, null, [.. rules], original, null, null, []);
    }

    /// <summary>Names and types of a table expression's columns.</summary>
    public static async ValueTask<List<(string Name, string Type)>> DescribeAsync(
        IWarehouseConnection connection,
        string from,
        CancellationToken cancellationToken
    )
    {
        var described = await connection.QueryAsync($"DESCRIBE SELECT * FROM {from}", cancellationToken);
        var columns = new List<(string, string)>();
        for (long row = 0; row < described.RowCount; row++)
        {
            columns.Add(((string)described.Value(row, 0)!, (string)described.Value(row, 1)!));
        }

        return columns;
    }
}

using Headwater.Warehouse.Port;

namespace Headwater.Modeling.Materializations;

/// <summary>What an incremental model does when its query gives other columns than its table has: the config <c>on_schema_change</c>.</summary>
internal static class SchemaChangeModes
{
    public static readonly IReadOnlyList<string> Names = ["ignore", "fail", "append_new_columns", "sync_all_columns"];

    /// <summary>Adapts the table.</summary>
    /// <returns>The columns to insert: those that both have afterwards.</returns>
    /// <exception cref="Kernel.Diagnostics.DiagnosticException">HW2134 under <c>fail</c>.</exception>
    public static async ValueTask<IReadOnlyList<string>> ApplyAsync(
        MaterializationJob job,
        IReadOnlyList<(string Name, string Type)> table,
        IReadOnlyList<(string Name, string Type)> query,
        CancellationToken cancellationToken
    )
    {
        var mode = job.Node.Config.Text("on_schema_change") ?? "ignore";
        var added = Missing(query, table);
        var removed = Missing(table, query);
        if (mode == "fail" && added.Count + removed.Count > 0)
        {
            var changes = added.Select(column => "+" + column.Name).Concat(removed.Select(column => "-" + column.Name));
            throw ModelingDiagnostics
                .SchemaChanged.At(job.Node.Location, job.Node.Name, string.Join(", ", changes))
                .ToException();
        }

        if (mode is "append_new_columns" or "sync_all_columns")
        {
            foreach (var (name, type) in added)
            {
                await job.Connection.ExecuteAsync(
                    $"ALTER TABLE {job.QuotedName} ADD COLUMN {job.Dialect.Quote(name)} {type}",
                    cancellationToken
                );
            }
        }

        if (mode == "sync_all_columns")
        {
            foreach (var (name, _) in removed)
            {
                await job.Connection.ExecuteAsync(
                    $"ALTER TABLE {job.QuotedName} DROP COLUMN {job.Dialect.Quote(name)}",
                    cancellationToken
                );
            }
        }

        var gone = mode is "ignore" or "fail" ? added : [];
        return [.. query.Except(gone).Select(column => column.Name)];
    }

    private static List<(string Name, string Type)> Missing(
        IReadOnlyList<(string Name, string Type)> from,
        IReadOnlyList<(string Name, string Type)> other
    ) =>
        [
            .. from.Where(column =>
                !other.Any(there => string.Equals(there.Name, column.Name, StringComparison.OrdinalIgnoreCase))
            ),
        ];
}

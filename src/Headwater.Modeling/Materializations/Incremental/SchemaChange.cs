using Headwater.Warehouse.Port;

namespace Headwater.Modeling.Materializations;

/// <summary>How the columns of an incremental model's query differ from those of its table, and what the config <c>on_schema_change</c> makes of it.</summary>
internal sealed class SchemaChange
{
    public static readonly IReadOnlyList<string> Modes = ["ignore", "fail", "append_new_columns", "sync_all_columns"];

    private readonly IReadOnlyList<RelationColumn> _added;
    private readonly IReadOnlyList<RelationColumn> _removed;
    private readonly IReadOnlyList<RelationColumn> _retyped;

    private SchemaChange(
        IReadOnlyList<RelationColumn> added,
        IReadOnlyList<RelationColumn> removed,
        IReadOnlyList<RelationColumn> retyped,
        IReadOnlyList<string> columns
    )
    {
        _added = added;
        _removed = removed;
        _retyped = retyped;
        Columns = columns;
    }

    /// <summary>The columns to fill: those that both have afterwards, in the order of the query.</summary>
    public IReadOnlyList<string> Columns { get; }

    public bool ChangesTable => _added.Count + _removed.Count + _retyped.Count > 0;

    /// <exception cref="Kernel.Diagnostics.DiagnosticException">HW2134 under <c>fail</c>.</exception>
    public static SchemaChange Between(
        MaterializationJob job,
        IReadOnlyList<RelationColumn> table,
        IReadOnlyList<RelationColumn> query
    )
    {
        var mode = job.Node.Config.Text("on_schema_change") ?? "ignore";
        var added = Missing(query, table);
        var removed = Missing(table, query);
        var retyped = query
            .Where(column => table.Any(there => there.IsCalled(column.Name) && there.Type != column.Type))
            .ToList();
        if (mode == "fail" && added.Count + removed.Count > 0)
        {
            var changes = added.Select(column => "+" + column.Name).Concat(removed.Select(column => "-" + column.Name));
            throw ModelingDiagnostics
                .SchemaChanged.At(job.Node.Location.OrStart(), job.Node.Name, string.Join(", ", changes))
                .ToException();
        }

        return mode switch
        {
            "append_new_columns" => new SchemaChange(added, [], [], Names(query)),
            "sync_all_columns" => new SchemaChange(added, removed, retyped, Names(query)),
            _ => new SchemaChange([], [], [], Names(query.Except(added))),
        };
    }

    /// <summary>Adapts the table.</summary>
    public async ValueTask ApplyAsync(MaterializationJob job, CancellationToken cancellationToken)
    {
        var statements = _added
            .Select(column => job.Engine.AddColumn(job.QuotedName, column.Name, column.Type))
            .Concat(_removed.Select(column => job.Engine.DropColumn(job.QuotedName, column.Name)))
            .Concat(_retyped.Select(column => job.Engine.ChangeType(job.QuotedName, column.Name, column.Type)));
        foreach (var statement in statements)
        {
            await job.Connection.ExecuteAsync(statement, cancellationToken);
        }
    }

    private static List<RelationColumn> Missing(
        IReadOnlyList<RelationColumn> from,
        IReadOnlyList<RelationColumn> other
    ) => [.. from.Where(column => !other.Any(there => there.IsCalled(column.Name)))];

    private static IReadOnlyList<string> Names(IEnumerable<RelationColumn> columns) =>
        [.. columns.Select(column => column.Name)];
}

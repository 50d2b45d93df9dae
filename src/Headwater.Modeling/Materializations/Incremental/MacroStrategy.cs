using Headwater.Jinja.Values;
using Headwater.Kernel.Names;
using Headwater.Modeling.Parsing;
using Headwater.Modeling.Rendering;
using Headwater.Warehouse.Port;

namespace Headwater.Modeling.Materializations;

/// <summary>A strategy that a project or package defines: a macro <c>get_incremental_NAME_sql</c> that gives the statements.</summary>
internal sealed class MacroStrategy(string macro) : IncrementalStrategy
{
    /// <summary>The strategy of a name, also one that a project redefines; null if no project does.</summary>
    public static MacroStrategy? Find(MaterializationJob job, string name)
    {
        return IsDefined(job.Run.Project.Macros, name, job.Node.Package) ? new MacroStrategy(MacroOf(name)) : null;
    }

    /// <summary>True if a project or package defines the strategy.</summary>
    public static bool IsDefined(MacroLibrary macros, string name, string package) =>
        macros.Find(MacroOf(name), package, package) is { IsBuiltIn: false };

    private static string MacroOf(string strategy) => $"get_incremental_{strategy.Replace('+', '_')}_sql";

    public override async ValueTask<long> AddAsync(
        MaterializationJob job,
        RelationName added,
        IReadOnlyList<string> columns,
        CancellationToken cancellationToken
    )
    {
        var dialect = job.Engine.Dialect;
        var catalog = job.Run.Project.Catalog;
        var table = await job.ColumnsAsync(job.Node.Relation, cancellationToken);
        var arguments = new JinjaDict([
            KeyValuePair.Create("target_relation", (object?)RelationObject.Of(job.Node, catalog, dialect, "table")),
            KeyValuePair.Create("temp_relation", (object?)new RelationObject(null, null, added.Name, "table", dialect)),
            KeyValuePair.Create("unique_key", job.Node.Config["unique_key"]),
            KeyValuePair.Create(
                "dest_columns",
                (object?)new JinjaList(table.Select(column => new ColumnObject(column.Name, column.Type, dialect)))
            ),
            KeyValuePair.Create("incremental_predicates", job.Node.Config["incremental_predicates"]),
            KeyValuePair.Create("predicates", job.Node.Config["incremental_predicates"]),
        ]);
        var sql = await Task.Run(() => job.Compiler.Invoke(job.Node, macro, arguments), cancellationToken);
        return await job.Connection.ExecuteAsync(sql, cancellationToken);
    }
}

using Headwater.Metrics;
using Headwater.Metrics.Planning.Passes.Rollups;
using Headwater.Modeling.Derived;
using Headwater.Sql.Dialects;

namespace Headwater.Platform.Projects;

/// <summary>The rollups of a project as tables that a build makes.</summary>
public static class RollupTables
{
    /// <summary>What fills them, in the SQL of the target's engine.</summary>
    public static IReadOnlyList<DerivedTable> DerivedTables(this LoadedProject project)
    {
        SqlDialect dialect = project.Folder.Target.Postgres is null ? DuckDbDialect.Instance : PostgresDialect.Instance;
        var compiler = new MetricCompiler(project.Metrics, dialect);
        return
        [
            .. project.Metrics.Rollups.Select(rollup => new DerivedTable(
                rollup.Name,
                rollup.Relation,
                compiler.CompileRollup(rollup),
                rollup.Reads,
                rollup.Root,
                RollupTable.RowCount
            )),
        ];
    }
}

using Headwater.Kernel.Names;
using Headwater.Metrics;
using Headwater.Metrics.Planning.Passes.Rollups;
using Headwater.Metrics.Semantics;
using Headwater.Modeling.Derived;
using Headwater.Sql.Dialects;

namespace Headwater.Platform.Projects;

/// <summary>What a build makes of a project's metrics: its rollups, and the exports of its saved queries.</summary>
public static class DerivedTables
{
    /// <summary>What fills them, in the SQL of the target's engine.</summary>
    /// <exception cref="Kernel.Diagnostics.DiagnosticException">HW41xx: an exported query cannot be answered.</exception>
    public static IReadOnlyList<DerivedTable> Of(LoadedProject project)
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
                new CountedRows(rollup.Root, RollupTable.RowCount)
            )),
            .. project
                .Metrics.SavedQueries.Where(saved => saved.Exports.Count > 0)
                .SelectMany(saved => Exports(saved, project.Folder.Target.Schema, compiler)),
        ];
    }

    // A view would show the same rows: what it reads changes with a build, and the table is made in it.
    private static IEnumerable<DerivedTable> Exports(SavedQuery saved, string schema, MetricCompiler compiler)
    {
        var (sql, reads) = compiler.CompileExport(saved);
        return saved.Exports.Select(export => new DerivedTable(
            export.Name,
            new RelationName(export.Schema ?? schema, export.Alias ?? export.Name),
            sql,
            reads,
            null
        ));
    }
}

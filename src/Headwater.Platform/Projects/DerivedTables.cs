using Headwater.Kernel.Diagnostics;
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
    private const string View = "view";

    /// <summary>What fills them, in the SQL of the target's engine.</summary>
    /// <param name="project">The project.</param>
    /// <param name="diagnostics">HW4050: an exported query cannot be answered, so there is no such table. HW4051: one asks for a view.</param>
    public static IReadOnlyList<DerivedTable> Of(LoadedProject project, DiagnosticBag diagnostics)
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
                .SelectMany(saved => Exports(saved, project.Folder.Target.Schema, compiler, diagnostics)),
        ];
    }

    // The models are no worse for a question about them that has no answer: the build goes on without its tables.
    private static IEnumerable<DerivedTable> Exports(
        SavedQuery saved,
        string schema,
        MetricCompiler compiler,
        DiagnosticBag diagnostics
    )
    {
        try
        {
            var (sql, reads) = compiler.CompileExport(saved);
            // Tables that a view reads could not be replaced under it, and it would show what is not published yet.
            diagnostics.AddRange(
                saved
                    .Exports.Where(export => export.ExportAs == View)
                    .Select(export => MetricDiagnostics.ExportIsTable.At(saved.Location, export.Name, saved.Name))
            );
            return
            [
                .. saved.Exports.Select(export => new DerivedTable(
                    export.Name,
                    new RelationName(export.Schema ?? schema, export.Alias ?? export.Name),
                    sql,
                    reads,
                    null
                )),
            ];
        }
        catch (DiagnosticException problem)
        {
            diagnostics.AddRange(
                problem.Diagnostics.Select(why =>
                    MetricDiagnostics.NotExported.At(saved.Location, saved.Name, $"{why.Code} {why.Message}") with
                    {
                        Hint = why.Hint,
                    }
                )
            );
            return [];
        }
    }
}

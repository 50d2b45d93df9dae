using Headwater.Jinja.Evaluation;
using Headwater.Jinja.Functions;
using Headwater.Jinja.Values;
using Headwater.Modeling.Building;
using Headwater.Modeling.Parsing;
using Headwater.Modeling.Rendering;

namespace Headwater.Modeling.Materializations;

/// <summary>
/// A materialization that a project or package defines in a <c>materialization</c> block. It runs as it stands, with its own statements:
/// where these drop or rename what readers hold, they wait.
/// </summary>
internal sealed class CustomMaterialization(MaterializationJob job)
{
    public static MacroEntry? Find(MacroLibrary macros, string name, string adapter, string package) =>
        macros.Find($"materialization_{name}_{adapter}", package, package)
        ?? macros.Find($"materialization_{name}_default", package, package)
        ?? macros.All.FirstOrDefault(macro => macro.Name == $"materialization_{name}_{adapter}")
        ?? macros.All.FirstOrDefault(macro => macro.Name == $"materialization_{name}_default");

    /// <exception cref="Kernel.Diagnostics.DiagnosticException">There is no such materialization, or it failed.</exception>
    public async ValueTask<long?> BuildAsync(CancellationToken cancellationToken)
    {
        var name = job.Node.Config.Materialized;
        var entry =
            Find(job.Run.Project.Macros, name, job.Engine.Dialect.Name, job.Node.Package)
            ?? throw ModelingDiagnostics
                .BadConfig.At(job.Node.Location, "materialized", name, string.Join(", ", MaterializationTable.Names))
                .ToException();
        await Task.Run(() => Run(entry), cancellationToken);
        await job.Publication.LookAgainAsync(job.Node.Relation, cancellationToken);
        return null;
    }

    private void Run(MacroEntry entry)
    {
        var context = job.Compiler.Context(job.Node, [], CompileScope.Build);
        context.Add("sql", job.Sql);
        context.Add("compiled_code", job.Sql);
        // Hooks run around the whole materialization.
        context.Add("pre_hooks", new JinjaList());
        context.Add("post_hooks", new JinjaList());
        context.Add("run_hooks", new NativeFunction("run_hooks", null, _ => ""));
        job.Compiler.Session().Invoke(context.Bind(entry)!, Arguments.Of());
    }
}

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
internal sealed class CustomMaterialization(MaterializationJob job, MacroEntry entry)
{
    /// <summary>The materialization of a job, if a project or package defines it.</summary>
    public static CustomMaterialization? Find(MaterializationJob job) =>
        Find(job.Run.Project.Macros, job.Node.Config.Materialized, job.Engine.Dialect.Name, job.Node.Package)
            is { } entry
            ? new CustomMaterialization(job, entry)
            : null;

    /// <summary>The definition of a materialization; that of the project also stands for one that is built in. Null if there is none.</summary>
    public static MacroEntry? Find(MacroLibrary macros, string name, string adapter, string package)
    {
        string[] words = [$"materialization_{name}_{adapter}", $"materialization_{name}_default"];
        var own = words
            .Select(word => macros.InPackage(macros.RootPackage, word))
            .FirstOrDefault(found => found is not null);
        if (own is not null || MaterializationTable.Find(name) is not null || name == "ephemeral")
        {
            return own;
        }

        return words.Select(word => macros.InPackage(package, word)).FirstOrDefault(found => found is not null)
            ?? words
                .Select(word => macros.All.FirstOrDefault(macro => macro.Name == word))
                .FirstOrDefault(found => found is not null);
    }

    /// <exception cref="Kernel.Diagnostics.DiagnosticException">It failed.</exception>
    public async ValueTask<long?> BuildAsync(CancellationToken cancellationToken)
    {
        await Task.Run(Run, cancellationToken);
        await job.Publication.LookAgainAsync(job.Node.Relation, cancellationToken);
        return null;
    }

    private void Run()
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

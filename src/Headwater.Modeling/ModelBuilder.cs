using System.Diagnostics;
using Headwater.Jinja.Values;
using Headwater.Kernel.Diagnostics;
using Headwater.Modeling.Building;
using Headwater.Modeling.Graph;
using Headwater.Modeling.Parsing;
using Headwater.Modeling.Rendering;
using Headwater.Warehouse;
using Headwater.Warehouse.Port;

namespace Headwater.Modeling;

/// <summary>
/// Builds and tests the models of a manifest in a warehouse. One build at a time for one warehouse; readers see the state before a
/// build until it commits, and keep it if the process dies.
/// </summary>
public sealed class ModelBuilder(WarehouseHost host, Manifest manifest, TimeProvider clock)
{
    /// <summary>Builds what is selected.</summary>
    /// <param name="options">What to build, and how.</param>
    /// <param name="progress">Told of each step, in order.</param>
    /// <param name="cancellationToken">Ends the build: what is not committed leaves no trace.</param>
    /// <returns>What became of each node; a failed model or test is a result.</returns>
    /// <exception cref="DiagnosticException">HW2117: a selection is not one.</exception>
    public async Task<BuildResult> BuildAsync(
        BuildOptions options,
        IProgress<BuildEvent>? progress,
        CancellationToken cancellationToken
    )
    {
        var start = Stopwatch.GetTimestamp();
        var plan = new BuildPlanner(manifest).Plan(options);
        progress?.Report(new BuildStarted(plan.NodeCount, plan.Parts.Count));
        var problems = new DiagnosticBag();
        var run = new BuildRun(
            host.Warehouse,
            manifest,
            Project(options, plan, problems, CommandOf(options.Kinds)),
            options,
            clock,
            progress,
            plan.NodeCount
        );
        if (plan.NodeCount == 0)
        {
            problems.Add(ModelingDiagnostics.EmptySelection.With(string.Join(' ', options.Select)));
        }
        else
        {
            await RunAsync(run, plan, cancellationToken);
        }

        run.Diagnostics.AddRange(problems);
        return new BuildResult(run.Outcomes, run.Published, run.Diagnostics.Sorted(), Stopwatch.GetElapsedTime(start));
    }

    /// <summary>Compiles a model or test to the SQL that a build would run now.</summary>
    /// <exception cref="DiagnosticException">The template failed.</exception>
    public async Task<string> CompileAsync(ManifestNode node, CancellationToken cancellationToken)
    {
        var connection = await host.Warehouse.ConnectAsync(cancellationToken);
        await using (connection)
        {
            var options = new BuildOptions();
            var project = Project(options, new BuildPlan([new BuildPart([node])]), new DiagnosticBag(), "compile");
            var runner = new StatementRunner(host.Warehouse, connection, cancellationToken);
            var compiler = new NodeCompiler(manifest, project, runner, cancellationToken);
            return (await Task.Run(() => compiler.Compile(node), cancellationToken)).Sql;
        }
    }

    /// <summary>Compiles a hook of a project file by dbt's id of it: <c>operation.shop.shop-on-run-start-0</c>. Null if there is none.</summary>
    /// <exception cref="DiagnosticException">The template failed.</exception>
    public async Task<string?> CompileHookAsync(string uniqueId, CancellationToken cancellationToken)
    {
        var hook = Named(manifest.RunStart, "start")
            .Concat(Named(manifest.RunEnd, "end"))
            .FirstOrDefault(pair => pair.Id == uniqueId)
            .Hook;
        if (hook is null)
        {
            return null;
        }

        var connection = await host.Warehouse.ConnectAsync(cancellationToken);
        await using (connection)
        {
            var project = Project(new BuildOptions(), new BuildPlan([]), new DiagnosticBag(), "compile");
            var runner = new StatementRunner(host.Warehouse, connection, cancellationToken);
            var compiler = new NodeCompiler(manifest, project, runner, cancellationToken);
            return await Task.Run(() => compiler.RenderText(hook), cancellationToken);
        }

        static IEnumerable<(string Id, HookText Hook)> Named(IReadOnlyList<HookText> hooks, string moment) =>
            hooks
                .GroupBy(hook => hook.Package, StringComparer.Ordinal)
                .SelectMany(package =>
                    package.Select(
                        (hook, index) => ($"operation.{hook.Package}.{hook.Package}-on-run-{moment}-{index}", hook)
                    )
                );
    }

    /// <summary>The nodes that a selection means, in order of building; sources and ephemeral models included.</summary>
    /// <exception cref="DiagnosticException">HW2117: a selection is not one.</exception>
    public static IReadOnlyList<ManifestNode> Select(
        Manifest manifest,
        IReadOnlyList<string> select,
        IReadOnlyList<string> exclude
    )
    {
        var selected = new Selection.SelectionEvaluator(manifest).Select(select, exclude);
        return [.. manifest.Graph.InOrder().Where(node => selected.Contains(node.UniqueId))];
    }

    private async ValueTask RunAsync(BuildRun run, BuildPlan plan, CancellationToken cancellationToken)
    {
        if (!await PrepareAsync(run, cancellationToken))
        {
            return;
        }

        foreach (var part in plan.Parts)
        {
            if (run.ShouldStop)
            {
                SkipPart(run, part);
            }
            else if (run.Options.Atomic)
            {
                await new PartBuilder(run, part).BuildAsync(cancellationToken);
            }
            else
            {
                await new NodeByNodeBuilder(run, part).BuildAsync(cancellationToken);
            }
        }

        await RunHooksAsync(run, manifest.RunEnd, cancellationToken);
        if (run.Options is { Select.Count: 0, Exclude.Count: 0, Kinds: BuildKinds.All } && !run.Diagnostics.HasErrors)
        {
            await ForgetOthersAsync(run, cancellationToken);
        }
    }

    private async ValueTask<bool> PrepareAsync(BuildRun run, CancellationToken cancellationToken)
    {
        var connection = await host.Warehouse.ConnectAsync(cancellationToken);
        await using (connection)
        {
            await PublicationRecorder.EnsureAsync(connection, cancellationToken);
        }

        return await RunHooksAsync(run, manifest.RunStart, cancellationToken);
    }

    private async ValueTask<bool> RunHooksAsync(
        BuildRun run,
        IReadOnlyList<HookText> hooks,
        CancellationToken cancellationToken
    )
    {
        if (hooks.Count == 0)
        {
            return true;
        }

        var connection = await host.Warehouse.ConnectAsync(cancellationToken);
        await using (connection)
        {
            var runner = new StatementRunner(host.Warehouse, connection, cancellationToken);
            var compiler = new NodeCompiler(manifest, run.Project, runner, cancellationToken);
            foreach (var hook in hooks)
            {
                try
                {
                    var sql = await Task.Run(() => compiler.RenderText(hook), cancellationToken);
                    if (!string.IsNullOrWhiteSpace(sql))
                    {
                        await connection.ExecuteAsync(sql, cancellationToken);
                    }
                }
                catch (WarehouseException failure)
                {
                    run.Diagnostics.Add(ModelingDiagnostics.HookFailed.At(hook.Location, failure.Message));
                    return false;
                }
                catch (DiagnosticException failure)
                {
                    run.Diagnostics.AddRange(failure.Diagnostics);
                    return false;
                }
            }
        }

        return true;
    }

    private async ValueTask ForgetOthersAsync(BuildRun run, CancellationToken cancellationToken)
    {
        var connection = await host.Warehouse.ConnectAsync(cancellationToken);
        await using (connection)
        {
            await new PublicationRecorder(run.Manifest).ForgetOthersAsync(connection, cancellationToken);
        }
    }

    private static void SkipPart(BuildRun run, BuildPart part)
    {
        foreach (var node in part.Nodes)
        {
            run.Skip(node, "the build stopped at the first failure");
        }

        run.FinishPart(part.Nodes, committed: false);
    }

    private static string CommandOf(BuildKinds kinds) =>
        kinds switch
        {
            BuildKinds.Models => "run",
            BuildKinds.Seeds => "seed",
            BuildKinds.Tests => "test",
            _ => "build",
        };

    private ParsedProject Project(BuildOptions options, BuildPlan plan, DiagnosticBag problems, string command)
    {
        var parsed = manifest.Parsed;
        var catalog = host.Warehouse.Catalog;
        return parsed with
        {
            Catalog = catalog,
            Dialect = host.Warehouse.Dialect,
            Target = TargetValues.WithCatalog(parsed.Target, catalog),
            StartedAt = clock.GetUtcNow(),
            Warn = problems.Add,
            Flags = FlagValues.Of(command, options.FullRefresh, options.FailFast),
            SelectedResources = new JinjaList(
                plan.Parts.SelectMany(part => part.Nodes).Select(node => (object?)node.UniqueId)
            ),
        };
    }
}

using System.Diagnostics;
using Headwater.Jinja.Values;
using Headwater.Kernel.Diagnostics;
using Headwater.Modeling.Building;
using Headwater.Modeling.Engines;
using Headwater.Modeling.Graph;
using Headwater.Modeling.Materializations;
using Headwater.Modeling.Parsing;
using Headwater.Modeling.Previewing;
using Headwater.Modeling.Publishing;
using Headwater.Modeling.Rendering;
using Headwater.Warehouse;

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
    /// <exception cref="DiagnosticException">HW2117: a selection is not one; HW2140: another build of the target goes on and on.</exception>
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
            Project(options, plan, problems, options.Command),
            options,
            clock,
            progress,
            plan.NodeCount
        );
        if (plan.NodeCount == 0)
        {
            problems.Add(ModelingDiagnostics.EmptySelection.With(Spoken(options)));
        }
        else
        {
            await using var turn = await TakeTurnAsync(options, progress, cancellationToken);
            await RunAsync(run, plan, cancellationToken);
        }

        run.Diagnostics.AddRange(problems);
        return new BuildResult(run.Outcomes, run.Published, run.Diagnostics.Sorted(), Stopwatch.GetElapsedTime(start))
        {
            Parts = run.Parts.Ended,
            PublishedParts = run.Parts.Published,
        };
    }

    /// <summary>Says what a build would do. Changes nothing.</summary>
    /// <exception cref="DiagnosticException">HW2117: a selection is not one.</exception>
    public async Task<BuildPreview> PreviewAsync(BuildOptions options, CancellationToken cancellationToken)
    {
        var relations = new RelationCatalog(WarehouseEngine.Of(host.Warehouse.Dialect));
        var connection = await host.Warehouse.ConnectAsync(cancellationToken);
        await using (connection)
        {
            await relations.LoadAsync(connection, Schemas(), cancellationToken);
            var logic = new LogicWatch();
            await logic.LoadAsync(connection, cancellationToken);
            var plan = new BuildPlanner(manifest).Plan(options);
            var project = Project(options, plan, new DiagnosticBag(), options.Command);
            var runner = new StatementRunner(host.Warehouse, connection, cancellationToken);
            var compiler = new NodeCompiler(manifest, project, runner, cancellationToken);
            return await Task.Run(
                () =>
                    new BuildPreviewer(manifest, options, relations, node => logic.IsChanged(compiler, node)).Preview(),
                cancellationToken
            );
        }
    }

    /// <summary>
    /// Takes back the last build that published something: what it replaced stands again, what it made for the first time is gone. Once; the
    /// build taken back is not kept. Snapshots keep their history.
    /// </summary>
    /// <param name="partially">True to go back also where large tables that were changed in place have no copy and stay as they are.</param>
    /// <exception cref="DiagnosticException">HW2145: there is nothing to go back to; HW2146: not all of it can be restored.</exception>
    public async Task<RollbackResult> RollbackAsync(bool partially, CancellationToken cancellationToken)
    {
        var options = new BuildOptions();
        await using var turn = await TakeTurnAsync(options, null, cancellationToken);
        var run = new BuildRun(host.Warehouse, manifest, manifest.Parsed, options, clock, null, 0);
        return await new Rollback(run).RunAsync(partially, cancellationToken);
    }

    /// <summary>Compiles a model or test to the SQL that a build would run now.</summary>
    /// <exception cref="DiagnosticException">The template failed.</exception>
    public async Task<string> CompileAsync(ManifestNode node, CancellationToken cancellationToken)
    {
        var connection = await host.Warehouse.ConnectAsync(cancellationToken);
        await using (connection)
        {
            var options = new BuildOptions();
            var project = Project(options, new BuildPlan([new BuildPart([node])], []), new DiagnosticBag(), "compile");
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
            var project = Project(new BuildOptions(), new BuildPlan([], []), new DiagnosticBag(), "compile");
            var runner = new StatementRunner(host.Warehouse, connection, cancellationToken);
            var compiler = new NodeCompiler(manifest, project, runner, cancellationToken);
            return await Task.Run(() => compiler.RenderText(hook, []), cancellationToken);
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

    /// <summary>What of a node is another than in an earlier run that knows it: <c>modified.body</c> and the like; empty for nothing.</summary>
    public static IReadOnlyList<string> Changes(Manifest manifest, ManifestNode node, Selection.SelectionState state) =>
        new Selection.StateMethods(manifest, state).Changes(node);

    /// <summary>The nodes that a selection means, in order of building; sources and ephemeral models included.</summary>
    /// <exception cref="DiagnosticException">HW2117: a selection is not one.</exception>
    public static IReadOnlyList<ManifestNode> Select(
        Manifest manifest,
        IReadOnlyList<string> select,
        IReadOnlyList<string> exclude,
        Selection.SelectionState? state = null,
        Selection.IndirectSelection indirect = Selection.IndirectSelection.Eager
    )
    {
        var selected = new Selection.SelectionEvaluator(manifest, state, indirect).Select(select, exclude);
        return manifest.Graph.InOrder(selected);
    }

    private static string Spoken(BuildOptions options) =>
        options.Select.Count > 0 ? $"'{string.Join(' ', options.Select)}'"
        : options.Exclude.Count > 0 ? $"Everything but '{string.Join(' ', options.Exclude)}'"
        : $"The command '{options.Command}'";

    private ValueTask<BuildLock> TakeTurnAsync(
        BuildOptions options,
        IProgress<BuildEvent>? progress,
        CancellationToken cancellationToken
    ) =>
        BuildLock.TakeAsync(
            host.Warehouse,
            WarehouseEngine.Of(host.Warehouse.Dialect),
            manifest.Parsed.Schema,
            options.LockWait,
            clock,
            holder => progress?.Report(new BuildWaiting(holder)),
            cancellationToken
        );

    private async ValueTask RunAsync(BuildRun run, BuildPlan plan, CancellationToken cancellationToken)
    {
        await PrepareAsync(run, plan, cancellationToken);
        var hooks = new RunHooks(run);
        if (!await hooks.StartAsync(cancellationToken))
        {
            return;
        }

        var early = new NodeByNodeBuilder(run);
        await early.BuildAsync(plan.Early, cancellationToken);
        if (run.Options.Atomic)
        {
            foreach (var part in plan.Parts)
            {
                if (run.ShouldStop)
                {
                    SkipPart(run, part);
                }
                else
                {
                    await new PartBuilder(run, part, early.Blocked).BuildAsync(cancellationToken);
                }
            }
        }
        else
        {
            await early.BuildAsync(plan.Parts.SelectMany(part => part.Nodes), cancellationToken);
        }

        await run.Derived.BuildLateAsync(cancellationToken);
        await hooks.EndAsync(cancellationToken);
        await TidyAsync(run, cancellationToken);
    }

    private async ValueTask PrepareAsync(BuildRun run, BuildPlan plan, CancellationToken cancellationToken)
    {
        var connection = await host.Warehouse.ConnectAsync(cancellationToken);
        await using (connection)
        {
            await Generations.EnsureAsync(connection, cancellationToken);
            await LogicWatch.EnsureAsync(connection, cancellationToken);
            run.Generation = await Generations.NextAsync(connection, cancellationToken);
            await run.Logic.LoadAsync(connection, cancellationToken);
            await run.Lineage.LoadAsync(connection, cancellationToken);
            await run.Relations.LoadAsync(connection, Schemas(), cancellationToken);
            run.Scope = CompileScope.Deferring(
                manifest,
                run.Options,
                run.Relations,
                plan.Nodes.Select(node => node.UniqueId).ToHashSet(StringComparer.Ordinal)
            );
            run.Lacking = LackingTests.Of(run, plan);
            // Before the first hook, which may want to write there.
            await BuildSchemas.CreateAsync(connection, run, plan.Nodes, cancellationToken);
        }
    }

    private IReadOnlyCollection<string> Schemas() =>
        [
            .. manifest
                .Nodes.Values.Select(node => (node as RelationNode)?.Relation ?? (node as TestNode)?.FailureRelation)
                .OfType<Kernel.Names.RelationName>()
                .Select(name => name.Schema)
                .Distinct(StringComparer.OrdinalIgnoreCase),
        ];

    // What earlier builds put aside is dropped, and relations whose models are gone are no longer published.
    private async ValueTask TidyAsync(BuildRun run, CancellationToken cancellationToken)
    {
        var connection = await host.Warehouse.ConnectAsync(cancellationToken);
        await using (connection)
        {
            if (run.Changed.Count > 0)
            {
                await Pruning.RunAsync(run, connection, cancellationToken);
            }

            if (
                run.Options is { Select.Count: 0, Exclude.Count: 0, Kinds: BuildKinds.All }
                && !run.Diagnostics.HasErrors
            )
            {
                await new PublicationRecorder(manifest).ForgetOthersAsync(connection, cancellationToken);
                await run.Derived.DropOthersAsync(connection, cancellationToken);
            }
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

    private ParsedProject Project(BuildOptions options, BuildPlan plan, DiagnosticBag problems, string command)
    {
        var parsed = manifest.Parsed;
        var catalog = host.Warehouse.Catalog;
        var seen = parsed with { Catalog = catalog, Dialect = host.Warehouse.Dialect };
        return seen with
        {
            Target = TargetValues.WithCatalog(parsed.Target, catalog),
            StartedAt = clock.GetUtcNow(),
            Warn = problems.Add,
            Graph = new Lazy<JinjaDict>(() => GraphValues.Of(manifest, seen)),
            Flags = FlagValues.Of(command, options.FullRefresh, options.FailFast, options.StoreFailures, options.Empty),
            SelectedResources = new JinjaList(plan.Nodes.Select(node => (object?)node.UniqueId)),
        };
    }
}

using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Names;
using Headwater.Metrics.Planning.Passes.Rollups.Suggesting;
using Headwater.Modeling;
using Headwater.Modeling.Building;
using Headwater.Modeling.Graph;
using Headwater.Modeling.Previewing;
using Headwater.Modeling.Publishing;
using Headwater.Platform.AccessTests;
using Headwater.Platform.Passports;
using Headwater.Platform.Projects;
using Headwater.Platform.Reconciling;
using Headwater.Platform.Runs;
using Headwater.Platform.Settings;
using Headwater.Project.Resources.Sources;
using Headwater.Query;
using Headwater.Query.Execution;
using Headwater.Sources;
using Headwater.Sources.Landing;
using Headwater.Warehouse;
using Microsoft.Extensions.Logging;

namespace Headwater.Platform.Workspaces;

/// <summary>
/// An open project: its warehouse, gate and platform, and the runs that change them. One instance for a home folder in one process, for the files
/// belong to one process; safe for several threads. Landings and builds run one at a time, further ones queue.
/// </summary>
public sealed class Workspace : IAsyncDisposable
{
    private readonly WarehouseHost _warehouse;
    private readonly Gate _gate;
    private readonly SourceLander _lander;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _turn = new(1);
    private LoadedProject _project;

    private Workspace(
        WorkspaceOptions options,
        LoadedProject project,
        WarehouseHost warehouse,
        PlatformHost platform,
        string maskKey,
        byte[] cursorKey,
        TimeProvider time
    )
    {
        Options = options;
        _project = project;
        _warehouse = warehouse;
        _time = time;
        Platform = platform;
        _lander = new SourceLander(warehouse, time);
        _gate = new Gate(warehouse, Limits(project), platform.Audit, time, cursorKey) { MaskKey = maskKey };
        Sheets = new SheetDesk(warehouse);
        Passports = new PassportOffice(_gate, platform, () => Project.Folder, () => Project, time);
    }

    public WorkspaceOptions Options { get; }

    public PlatformHost Platform { get; }

    public IGate Gate => _gate;

    /// <summary>Reads spreadsheets that are to be compared with metrics.</summary>
    public SheetDesk Sheets { get; }

    /// <summary>What stands behind numbers.</summary>
    public PassportOffice Passports { get; }

    /// <summary>The project as last loaded or published.</summary>
    public LoadedProject Project => Volatile.Read(ref _project);

    /// <summary>Opens the warehouse of a project's target, and the catalog in the home folder.</summary>
    /// <exception cref="DiagnosticException">HW6xxx, HW7xxx: they cannot be opened.</exception>
    public static async Task<Workspace> OpenAsync(
        WorkspaceOptions options,
        LoadedProject project,
        TimeProvider time,
        ILogger log,
        CancellationToken cancellationToken
    )
    {
        PrivateFolder.Create(options.Home);
        var warehouse = await TargetWarehouse.OpenAsync(project.Folder, options.Home, cancellationToken);
        PlatformHost? platform = null;
        try
        {
            platform = await PlatformHost.OpenAsync(options.Platform, time, log, cancellationToken);
            var maskKey = await MaskKeys.GetAsync(platform.Settings, cancellationToken);
            var cursorKey = await CursorKey.FindAsync(platform.Settings, cancellationToken);
            var workspace = new Workspace(options, project, warehouse, platform, maskKey, cursorKey, time);
            await workspace.PublishAsync(project, cancellationToken);
            return workspace;
        }
        catch
        {
            await warehouse.DisposeAsync();
            if (platform is not null)
            {
                await platform.DisposeAsync();
            }

            throw;
        }
    }

    /// <summary>Lands sources.</summary>
    /// <param name="project">The project as it is to be landed: perhaps newer than the published one.</param>
    /// <param name="sources">Names; none is all.</param>
    /// <param name="cause">Why, for the run history.</param>
    /// <exception cref="DiagnosticException">HW7020: a name that no source has.</exception>
    public async Task<RunReport> SyncAsync(
        LoadedProject project,
        IReadOnlyList<string> sources,
        string cause,
        IProgress<WorkspaceEvent>? progress,
        CancellationToken cancellationToken
    )
    {
        var chosen = Choose(project, sources);
        await TakeTurnAsync(progress, cancellationToken);
        try
        {
            return await RecordAsync(
                RunKind.Sync,
                cause,
                async run => new RunReport(run.Id, await LandAsync(run, chosen, progress, cancellationToken), null)
            );
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Lands what a selection reads, builds it, and publishes the project if nothing failed.</summary>
    /// <param name="project">The project as it is to be built.</param>
    /// <param name="request">What to build.</param>
    /// <param name="cause">Why, for the run history.</param>
    public async Task<RunReport> BuildAsync(
        LoadedProject project,
        BuildRequest request,
        string cause,
        IProgress<WorkspaceEvent>? progress,
        CancellationToken cancellationToken
    )
    {
        await TakeTurnAsync(progress, cancellationToken);
        try
        {
            return await RecordAsync(
                RunKind.Build,
                cause,
                run => BuildAsync(run, project, request, progress, cancellationToken)
            );
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Says what a build would do; changes nothing.</summary>
    public Task<BuildPreview> PreviewAsync(
        LoadedProject project,
        BuildOptions options,
        CancellationToken cancellationToken
    ) => new ModelBuilder(_warehouse, project.Manifest, _time).PreviewAsync(options, cancellationToken);

    /// <summary>Goes back to what was published before the last build.</summary>
    /// <param name="project">The project whose target it is.</param>
    /// <param name="partially">Also where large tables stay as they are.</param>
    /// <exception cref="DiagnosticException">HW2145, HW2146.</exception>
    public async Task<RollbackResult> RollbackAsync(
        LoadedProject project,
        bool partially,
        CancellationToken cancellationToken
    )
    {
        await TakeTurnAsync(null, cancellationToken);
        try
        {
            var builder = new ModelBuilder(_warehouse, project.Manifest, _time);
            var result = await builder.RollbackAsync(partially, cancellationToken);
            await PublishAsync(Project, CancellationToken.None);
            return result;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>The rollups that would have saved most of the time that questions took. Counts rows in the warehouse, once for each candidate.</summary>
    /// <param name="most">At most so many.</param>
    public Task<IReadOnlyList<RollupSuggestion>> SuggestRollupsAsync(int most, CancellationToken cancellationToken) =>
        RollupSearch.RunAsync(Project, Platform.Audit, _gate, most, cancellationToken);

    /// <summary>What commands for a project's authors ask of its warehouse, for the operator alone.</summary>
    public ModelInspector Inspect(LoadedProject project) => new(_warehouse, project.Manifest, _time);

    /// <summary>Adds to the mistakes of a project what its warehouse tells about the models that they do not touch. Changes nothing.</summary>
    /// <param name="project">What could be read of it.</param>
    /// <param name="diagnostics">What is known; receives what is found.</param>
    public Task FindMistakesAsync(
        LoadedProject project,
        DiagnosticBag diagnostics,
        CancellationToken cancellationToken
    ) => MistakeSearch.RunAsync(_warehouse, _lander, project, diagnostics, _time, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        _gate.Dispose();
        _lander.Dispose();
        _turn.Dispose();
        await Platform.DisposeAsync();
        await _warehouse.DisposeAsync();
    }

    /// <summary>Asks what the access tests of a project ask, of what is published.</summary>
    public Task<IReadOnlyList<AccessTestResult>> TestAccessAsync(
        LoadedProject project,
        CancellationToken cancellationToken
    ) => new AccessTestRunner(_gate, Platform.Users).RunAsync(project.Folder.AccessTests, cancellationToken);

    private Task PublishAsync(LoadedProject project, CancellationToken cancellationToken) =>
        _gate.PublishAsync(
            project.Metrics,
            project.Folder.Roles,
            ColumnClasses.Of(project.Manifest),
            cancellationToken
        );

    private static QueryLimits Limits(LoadedProject project)
    {
        var settings = project.Folder.Settings;
        return QueryLimits.Default with
        {
            Time = TimeSpan.FromSeconds(settings.QueryTimeLimitSeconds),
            Rows = settings.QueryRowLimit,
            Bytes = settings.QueryByteLimit,
            CacheBytes = settings.CacheMegabytes * 1_000_000L,
        };
    }

    private static List<SourceDefinition> Choose(LoadedProject project, IReadOnlyList<string> names)
    {
        var known = project.Folder.Sources;
        foreach (var name in names.Where(name => known.All(source => source.Name != name)))
        {
            throw (
                PlatformDiagnostics.UnknownSource.With(name) with
                {
                    Hint = NearestName.Hint(name, [.. known.Select(source => source.Name)]),
                }
            ).ToException();
        }

        return [.. known.Where(source => names.Count == 0 || names.Contains(source.Name))];
    }

    private async Task TakeTurnAsync(IProgress<WorkspaceEvent>? progress, CancellationToken cancellationToken)
    {
        if (!_turn.Wait(0, cancellationToken))
        {
            progress?.Report(new RunQueued());
            await _turn.WaitAsync(cancellationToken);
        }
    }

    private async Task<RunReport> BuildAsync(
        Run run,
        LoadedProject project,
        BuildRequest request,
        IProgress<WorkspaceEvent>? progress,
        CancellationToken cancellationToken
    )
    {
        IReadOnlyList<StreamLanding> landings = [];
        if (request.Sync)
        {
            landings = await LandAsync(run, SourcesRead(project, request.Options), progress, cancellationToken);
            if (landings.Any(landing => landing.Failed))
            {
                return new RunReport(run.Id, landings, null);
            }
        }

        var steps = progress is null ? null : new Forward<BuildEvent>(step => progress.Report(new BuildStep(step)));
        var result = await new ModelBuilder(_warehouse, project.Manifest, _time).BuildAsync(
            request.Options with
            {
                Derived = DerivedTables.Of(project),
            },
            steps,
            cancellationToken
        );
        await Platform.Runs.AddNodesAsync(run, [.. result.Outcomes.Select(NodeResults.Of)], CancellationToken.None);
        if (result.Succeeded)
        {
            Volatile.Write(ref _project, project);
            await Platform.MetricHistory.NoteAsync(MetricVersions.Of(project), CancellationToken.None);
        }

        // Parts that share no model with a failed one are published all the same.
        await PublishAsync(Project, CancellationToken.None);
        return new RunReport(run.Id, landings, result)
        {
            AccessTests = result.Succeeded ? await TestAccessAsync(Project, cancellationToken) : [],
        };
    }

    private static List<SourceDefinition> SourcesRead(LoadedProject project, BuildOptions options)
    {
        var manifest = project.Manifest;
        var selected = ModelBuilder.Select(manifest, options.Select, options.Exclude, options.State, options.Indirect);
        var read = selected
            .SelectMany(node => node.DependsOn.Append(node.UniqueId))
            .Select(id => manifest.Nodes.GetValueOrDefault(id))
            .OfType<SourceNode>()
            .Select(node => node.SourceName)
            .ToHashSet(StringComparer.Ordinal);
        return [.. project.Folder.Sources.Where(source => read.Contains(source.Name))];
    }

    private async Task<List<StreamLanding>> LandAsync(
        Run run,
        IReadOnlyList<SourceDefinition> sources,
        IProgress<WorkspaceEvent>? progress,
        CancellationToken cancellationToken
    )
    {
        var landings = new List<StreamLanding>();
        foreach (var source in sources)
        {
            progress?.Report(new SourceStarted(source.Name, source.Streams.Count));
            var streams = progress is null
                ? null
                : new Forward<StreamLanding>(landing => progress.Report(new StreamFinished(landing)));
            landings.AddRange(await _lander.LandAsync(source, streams, cancellationToken));
        }

        await Platform.Runs.AddLandingsAsync(run, [.. landings.Select(NodeResults.Of)], CancellationToken.None);
        return landings;
    }

    private async Task<RunReport> RecordAsync(RunKind kind, string cause, Func<Run, Task<RunReport>> work)
    {
        var run = await Platform.Runs.StartAsync(kind, cause, CancellationToken.None);
        try
        {
            var report = await work(run);
            var warned = report.Diagnostics.Count > 0 || report.Landings.Any(landing => landing.RowsQuarantined > 0);
            var state =
                !report.Succeeded ? RunState.Failed
                : warned ? RunState.Warned
                : RunState.Succeeded;
            var worst = report.Diagnostics.MaxBy(diagnostic => diagnostic.Severity);
            await Platform.Runs.FinishAsync(run, state, worst?.Message, CancellationToken.None);
            return report;
        }
        catch (Exception problem)
        {
            var state = problem is OperationCanceledException ? RunState.Cancelled : RunState.Failed;
            var message = problem is DiagnosticException refused ? refused.Diagnostic.Message : null;
            await Platform.Runs.FinishAsync(run, state, message, CancellationToken.None);
            throw;
        }
    }

    /// <summary>Reports on the caller's own thread, so that steps arrive in order and before the end.</summary>
    private sealed class Forward<T>(Action<T> report) : IProgress<T>
    {
        public void Report(T value) => report(value);
    }
}

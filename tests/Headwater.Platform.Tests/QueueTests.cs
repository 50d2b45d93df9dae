using Headwater.Modeling;
using Headwater.Modeling.Building;
using Headwater.Platform.Projects;
using Headwater.Platform.Runs;
using Headwater.Platform.Workspaces;
using Headwater.Project;
using Headwater.Project.Settings;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headwater.Platform.Tests;

public sealed class QueueTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("headwater-queue-").FullName;

    public QueueTests()
    {
        File.WriteAllText(Path.Combine(_folder, "dbt_project.yml"), "name: shop\nprofile: shop\n");
        File.WriteAllText(
            Path.Combine(_folder, "profiles.yml"),
            "shop: {target: dev, outputs: {dev: {type: duckdb, path: shop.duckdb}}}\n"
        );
        Directory.CreateDirectory(Path.Combine(_folder, "models"));
        File.WriteAllText(Path.Combine(_folder, "models", "orders.sql"), "select 1 as order_id\n");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Two_builds_at_once_run_one_after_the_other_and_both_are_in_the_history()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var options = new WorkspaceOptions(
            Path.Combine(_folder, ".headwater"),
            new ProjectOptions(_folder, null, SettingOverrides.None),
            new ModelingOptions(),
            null
        );
        var project = LoadedProject.Load(options.Project, options.Modeling, withFiles: false);
        await using var workspace = await Workspace.OpenAsync(
            options,
            project,
            TimeProvider.System,
            NullLogger.Instance,
            cancellationToken
        );
        var steps = new Steps();
        using var secondIsQueued = new ManualResetEventSlim();
        var firstBuilds = new TaskCompletionSource();
        var wasQueued = false;

        Task<RunReport> Build(string cause, Action<WorkspaceEvent> hear) =>
            Task.Run(
                () =>
                    workspace.BuildAsync(
                        project,
                        new BuildRequest(new BuildOptions(), Sync: false),
                        cause,
                        new Listener(step =>
                        {
                            steps.Add(cause, step);
                            hear(step);
                        }),
                        cancellationToken
                    ),
                cancellationToken
            );

        // The first is held in the middle until the second has asked for its turn.
        var first = Build(
            "first",
            step =>
            {
                if (step is BuildStep { Event: BuildStarted })
                {
                    firstBuilds.SetResult();
                    wasQueued = secondIsQueued.Wait(Patience, cancellationToken);
                }
            }
        );
        await firstBuilds.Task.WaitAsync(Patience, cancellationToken);
        var second = Build(
            "second",
            step =>
            {
                if (step is RunQueued)
                {
                    secondIsQueued.Set();
                }
            }
        );
        var reports = await Task.WhenAll(first, second);

        Assert.True(wasQueued, "the second build did not queue");
        Assert.All(reports, report => Assert.True(report.Succeeded, string.Join('\n', report.Diagnostics)));
        Assert.Equal(
            ["first started", "second queued", "first finished", "second started", "second finished"],
            steps.All
        );
        var runs = await workspace.Platform.Runs.ListAsync(10, cancellationToken);
        Assert.Equal(["first", "second"], runs.Select(run => run.Cause).Order(StringComparer.Ordinal));
        Assert.All(runs, run => Assert.Equal((RunKind.Build, RunState.Succeeded), (run.Kind, run.State)));
        Assert.Equal(
            reports.Select(report => report.RunId).Order(StringComparer.Ordinal),
            runs.Select(run => run.Id).Order(StringComparer.Ordinal)
        );
    }

    private sealed class Listener(Action<WorkspaceEvent> hear) : IProgress<WorkspaceEvent>
    {
        public void Report(WorkspaceEvent value) => hear(value);
    }

    /// <summary>What two builds told, in the order of time.</summary>
    private sealed class Steps
    {
        private readonly Lock _gate = new();
        private readonly List<string> _all = [];

        public IReadOnlyList<string> All => _all;

        public void Add(string cause, WorkspaceEvent step)
        {
            var word = step switch
            {
                RunQueued => "queued",
                BuildStep { Event: BuildStarted } => "started",
                BuildStep { Event: NodeFinished } => "finished",
                _ => null,
            };
            if (word is not null)
            {
                lock (_gate)
                {
                    _all.Add($"{cause} {word}");
                }
            }
        }
    }
}

using Headwater.Kernel.Diagnostics;
using Headwater.Modeling.Building;
using Headwater.Modeling.Tests;

namespace Headwater.Modeling.Tests.Publishing;

public sealed class LockTests
{
    private static Task<TestProject> SlowAsync(TestEngine engine) =>
        TestProject.OnAsync(engine, ("models/a.sql", "select 1 as x"), ("models/b.sql", "select 2 as x"));

    [Theory]
    [ClassData(typeof(EveryEngine))]
    public async Task A_second_build_of_a_target_waits_for_the_first(TestEngine engine)
    {
        await using var project = await SlowAsync(engine);
        var manifest = project.LoadClean();
        var holding = new TaskCompletionSource();
        var waiting = new TaskCompletionSource<string>();
        var first = Build(
            project,
            manifest,
            step =>
            {
                if (step is NodeFinished { Index: 1 })
                {
                    holding.TrySetResult();
                    // Goes on when the second has said that it waits.
                    Assert.True(((IAsyncResult)waiting.Task).AsyncWaitHandle.WaitOne(TimeSpan.FromSeconds(60)));
                }
            }
        );
        await holding.Task;
        var second = Build(
            project,
            manifest,
            step =>
            {
                if (step is BuildWaiting waits)
                {
                    waiting.TrySetResult(waits.Holder);
                }
            }
        );
        Assert.True((await first).Succeeded);
        Assert.True((await second).Succeeded);
        Assert.NotEqual("", await waiting.Task);
    }

    [Fact]
    public async Task On_postgres_another_process_that_builds_is_named()
    {
        await using var project = await SlowAsync(TestEngine.Postgres);
        Assert.True((await project.BuildAsync()).Succeeded);
        using var process = BuildingProcess.Start(project);
        // It builds again and again: asked often enough, it is met in the middle.
        DiagnosticException? refused = null;
        while (refused is null)
        {
            Assert.NotNull(await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
            try
            {
                await project.BuildAsync(new BuildOptions { LockWait = TimeSpan.Zero });
            }
            catch (DiagnosticException problem)
            {
                refused = problem;
            }
        }

        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal("HW2140", refused.Diagnostic.Code);
        Assert.Contains("server process", refused.Diagnostic.Message, StringComparison.Ordinal);
        // What the killed process held is free again.
        Assert.True((await project.BuildAsync()).Succeeded);
    }

    private static Task<BuildResult> Build(TestProject project, Graph.Manifest manifest, Action<BuildEvent> react) =>
        Task.Run(() =>
            new ModelBuilder(project.Host, manifest, TimeProvider.System).BuildAsync(
                new BuildOptions(),
                new Reaction(react),
                CancellationToken.None
            )
        );

    private sealed class Reaction(Action<BuildEvent> react) : IProgress<BuildEvent>
    {
        public void Report(BuildEvent value) => react(value);
    }
}

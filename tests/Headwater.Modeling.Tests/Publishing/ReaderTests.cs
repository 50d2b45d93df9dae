using Headwater.Modeling.Building;
using Headwater.Warehouse.Port;

namespace Headwater.Modeling.Tests.Publishing;

/// <summary>
/// A reader sees one build's numbers in all relations, whatever happens to builds meanwhile: each build writes its own number everywhere.
/// </summary>
public sealed class ReaderTests
{
    private const string Question = """
        select min(g) = max(g) and count(*) = 4 from (
          select min(g) as g from analytics.a having min(g) = max(g) and count(*) = 500
          union all select min(g) from analytics.b having min(g) = max(g) and count(*) = 500
          union all select min(g) from analytics.v having min(g) = max(g) and count(*) = 500
          union all select max(g) from analytics.added
        ) as seen
        """;

    private static Task<TestProject> NumberedAsync(TestEngine engine) =>
        TestProject.OnAsync(
            engine,
            ("seeds/numbers.csv", "n\n" + string.Join('\n', Enumerable.Range(1, 500))),
            (
                "models/a.sql",
                "{{ config(materialized='table') }}select n, {{ var('g', 1) }} as g from {{ ref('numbers') }}"
            ),
            ("models/v.sql", "select n, g from {{ ref('a') }}"),
            ("models/b.sql", "{{ config(materialized='table') }}select n, g from {{ ref('v') }}"),
            (
                "models/added.sql",
                "{{ config(materialized='incremental', unique_key='n', incremental_strategy='delete+insert') }}select n, g from {{ ref('b') }}"
            ),
            ("tests/never_a_thousand.sql", "select * from {{ ref('added') }} where g = 1000")
        );

    private static Task<BuildResult> BuildAsync(
        TestProject project,
        long number,
        IProgress<BuildEvent>? progress = null
    )
    {
        project.Options = new ModelingOptions
        {
            Variables = new Dictionary<string, object?>(StringComparer.Ordinal) { ["g"] = number },
        };
        return project.BuildAsync(null, progress);
    }

    [Theory]
    [ClassData(typeof(EveryEngine))]
    public async Task A_reader_in_a_loop_never_sees_a_mixture(TestEngine engine)
    {
        await using var project = await NumberedAsync(engine);
        Assert.True((await BuildAsync(project, 1)).Succeeded);
        using var done = new CancellationTokenSource();
        var answers = new List<string>();
        var reader = Task.Run(
            async () =>
            {
                while (!done.IsCancellationRequested)
                {
                    answers.Add(await project.RowsAsync(Question));
                }
            },
            CancellationToken.None
        );
        for (var number = 2; number < 8; number++)
        {
            Assert.True((await BuildAsync(project, number)).Succeeded);
            // Fails in its last test: nothing of it may be seen.
            Assert.False((await BuildAsync(project, 1000)).Succeeded);
        }

        await done.CancelAsync();
        await reader;
        Assert.NotEmpty(answers);
        Assert.All(answers, answer => Assert.Equal("True", answer));
        Assert.Equal("7", await project.RowsAsync("select max(g) from analytics.added"));
    }

    [Theory]
    [ClassData(typeof(EveryEngine))]
    public async Task A_reader_is_answered_in_the_middle_of_a_build(TestEngine engine)
    {
        await using var project = await NumberedAsync(engine);
        Assert.True((await BuildAsync(project, 1)).Succeeded);
        var answers = new List<string>();
        // The build goes on only when the reader has its answer: one that waited for the build would wait for ever.
        var reading = new Reaction(step =>
        {
            if (step is NodeFinished)
            {
                WaitForAnswer(project, answers);
            }
        });
        Assert.True((await BuildAsync(project, 2, reading)).Succeeded);
        Assert.Equal(6, answers.Count);
        Assert.All(answers, answer => Assert.Equal("1", answer));
        Assert.Equal("2", await project.RowsAsync("select max(g) from analytics.b"));
    }

    [Fact]
    public async Task On_postgres_a_build_waits_for_a_reader_that_holds_a_table_and_lets_others_pass()
    {
        await using var project = await NumberedAsync(TestEngine.Postgres);
        Assert.True((await BuildAsync(project, 1)).Succeeded);
        var holder = await project.Host.Warehouse.ConnectAsync(CancellationToken.None);
        await using (holder)
        {
            await holder.BeginAsync(CancellationToken.None);
            await holder.QueryAsync("select max(g) from analytics.a", CancellationToken.None);
            var built = new TaskCompletionSource();
            var build = BuildAsync(
                project,
                2,
                new Reaction(step =>
                {
                    if (step is NodeFinished { Outcome.Node.Name: "never_a_thousand" })
                    {
                        built.SetResult();
                    }
                })
            );
            await built.Task;
            for (var read = 0; read < 50; read++)
            {
                Assert.Equal("1", await project.RowsAsync("select max(g) from analytics.a"));
            }

            Assert.False(build.IsCompleted);
            await holder.RollbackAsync(CancellationToken.None);
            Assert.True((await build).Succeeded);
        }

        Assert.Equal("2", await project.RowsAsync("select max(g) from analytics.a"));
    }

    [Theory]
    [ClassData(typeof(EveryEngine))]
    public async Task A_build_that_is_killed_leaves_what_was_published(TestEngine engine)
    {
        await using var project = await NumberedAsync(engine);
        if (engine == TestEngine.DuckDb)
        {
            // A file of its own, which belongs to one process at a time.
            await project.UseFileAsync();
        }

        Assert.True((await BuildAsync(project, 1)).Succeeded);
        foreach (var last in (string[])["a", "added", "never_a_thousand"])
        {
            await project.CloseAsync();
            using var process = BuildingProcess.Start(project);
            // Two builds go through; the third dies after this node.
            for (var seen = 0; seen < 3; )
            {
                var line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
                Assert.NotNull(line);
                seen += line == last ? 1 : 0;
            }

            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            await project.OpenAsync();
            Assert.Equal("True", await project.RowsAsync(Question));
        }

        Assert.True((await BuildAsync(project, 2)).Succeeded);
        Assert.Equal("True", await project.RowsAsync(Question));
        Assert.Equal("2", await project.RowsAsync("select max(g) from analytics.added"));
    }

    [Fact]
    public async Task On_postgres_a_reader_sees_no_mixture_while_builds_are_killed()
    {
        await using var project = await NumberedAsync(TestEngine.Postgres);
        Assert.True((await BuildAsync(project, 1)).Succeeded);
        for (var kill = 0; kill < 3; kill++)
        {
            using var process = BuildingProcess.Start(project);
            for (var lines = 0; lines < 8 + (kill * 2); lines++)
            {
                Assert.NotNull(await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
                Assert.Equal("True", await project.RowsAsync(Question));
            }

            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal("True", await project.RowsAsync(Question));
        }
    }

    private static void WaitForAnswer(TestProject project, List<string> answers)
    {
        var reading = Task.Run(async () => answers.Add(await project.RowsAsync("select max(g) from analytics.b")));
        Assert.True(((IAsyncResult)reading).AsyncWaitHandle.WaitOne(TimeSpan.FromSeconds(60)), "the reader waits");
    }

    private sealed class Reaction(Action<BuildEvent> react) : IProgress<BuildEvent>
    {
        public void Report(BuildEvent value) => react(value);
    }
}

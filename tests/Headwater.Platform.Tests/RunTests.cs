using Headwater.Platform.Runs;

namespace Headwater.Platform.Tests;

public sealed class RunTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task A_run_keeps_what_happened_in_it_in_order()
    {
        await using var open = await OpenPlatform.StartAsync();
        var runs = open.Host.Runs;
        var run = await runs.StartAsync(RunKind.Build, "schedule", None);
        var landing = new LandingResult(
            "crm",
            "accounts",
            RunState.Warned,
            open.Time.GetUtcNow(),
            TimeSpan.FromMilliseconds(12),
            1,
            85,
            83,
            2,
            null
        );
        await runs.AddLandingsAsync(run, [landing], None);
        await runs.AddNodesAsync(
            run,
            [new NodeResult("stg", "model", RunState.Succeeded, TimeSpan.FromMilliseconds(5), 83, null)],
            None
        );
        await runs.AddNodesAsync(
            run,
            [new NodeResult("unique_id", "test", RunState.Failed, TimeSpan.Zero, 2, "2 rows are not unique.")],
            None
        );
        open.Time.Move(TimeSpan.FromSeconds(3));
        await runs.FinishAsync(run, RunState.Failed, "1 test failed.", None);

        var detail = await runs.FindAsync(run.Id, None);
        Assert.NotNull(detail);
        Assert.Equal(RunState.Failed, detail.Run.State);
        Assert.Equal(TimeSpan.FromSeconds(3), detail.Run.EndedAt - detail.Run.StartedAt);
        Assert.Equal([landing], detail.Landings);
        Assert.Equal(["stg", "unique_id"], detail.Nodes.Select(node => node.Node));
        Assert.Equal("2 rows are not unique.", detail.Nodes[1].Message);
        Assert.Null(await runs.FindAsync("nothing", None));
    }

    [Fact]
    public async Task The_newest_run_comes_first()
    {
        await using var open = await OpenPlatform.StartAsync();
        foreach (var cause in (string[])["first", "second", "third"])
        {
            await open.Host.Runs.StartAsync(RunKind.Sync, cause, None);
            open.Time.Move(TimeSpan.FromMilliseconds(1));
        }

        var runs = await open.Host.Runs.ListAsync(2, None);
        Assert.Equal(["third", "second"], runs.Select(run => run.Cause));
    }

    [Fact]
    public async Task A_run_that_its_process_left_behind_is_lost()
    {
        await using var open = await OpenPlatform.StartAsync();
        var run = await open.Host.Runs.StartAsync(RunKind.Build, "start", None);
        await open.ReopenAsync();
        Assert.Equal(RunState.Lost, (await open.Host.Runs.FindAsync(run.Id, None))!.Run.State);
    }

    [Fact]
    public async Task The_last_landing_of_each_stream_is_known()
    {
        await using var open = await OpenPlatform.StartAsync();
        foreach (var rows in (long[])[10, 20])
        {
            var run = await open.Host.Runs.StartAsync(RunKind.Sync, "schedule", None);
            await open.Host.Runs.AddLandingsAsync(
                run,
                [
                    new LandingResult(
                        "crm",
                        "accounts",
                        RunState.Succeeded,
                        open.Time.GetUtcNow(),
                        TimeSpan.Zero,
                        1,
                        rows,
                        rows,
                        0,
                        null
                    ),
                    new LandingResult(
                        "crm",
                        "teams",
                        RunState.Succeeded,
                        open.Time.GetUtcNow(),
                        TimeSpan.Zero,
                        1,
                        rows + 1,
                        rows + 1,
                        0,
                        null
                    ),
                ],
                None
            );
            open.Time.Move(TimeSpan.FromMinutes(15));
        }

        var last = await open.Host.Runs.LastLandingsAsync(None);
        Assert.Equal(
            [("accounts", 20L), ("teams", 21L)],
            last.Attempts.Select(landing => (landing.Stream, landing.RowsLanded))
        );
    }

    [Fact]
    public async Task Settings_are_kept_and_replaced()
    {
        await using var open = await OpenPlatform.StartAsync();
        await open.Host.Settings.SetAsync("theme", "light", None);
        await open.Host.Settings.SetAsync("theme", "dark", None);
        await open.ReopenAsync();
        Assert.Equal("dark", await open.Host.Settings.FindAsync("theme", None));
        Assert.Null(await open.Host.Settings.FindAsync("other", None));
    }
}

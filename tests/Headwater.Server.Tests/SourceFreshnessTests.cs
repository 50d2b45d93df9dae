using Headwater.Platform.Runs;

namespace Headwater.Server.Tests;

public sealed class SourceFreshnessTests(SalesServer server) : IClassFixture<SalesServer>
{
    [Fact]
    public async Task A_landing_that_found_nothing_new_makes_no_source_younger_and_hides_no_quarantined_row()
    {
        var before = await server.Platform.Runs.LastLandingsAsync(default);
        var load = before.Attempts.First(landing => landing.Stream == "opportunities");
        var run = await server.Platform.Runs.StartAsync(RunKind.Sync, "schedule", default);
        var nothing = load with
        {
            State = RunState.Succeeded,
            LandedAt = load.LandedAt.AddMinutes(2),
            Files = 0,
            RowsRead = 0,
            RowsLanded = 0,
            RowsQuarantined = 0,
            Message = null,
        };
        await server.Platform.Runs.AddLandingsAsync(run, [nothing], default);
        await server.Platform.Runs.FinishAsync(run, RunState.Succeeded, null, default);

        var after = await server.Platform.Runs.LastLandingsAsync(default);
        Assert.Equal(nothing.LandedAt, after.Attempts.First(landing => landing.Stream == "opportunities").LandedAt);
        Assert.Equal(load.LandedAt, after.Loads.First(landing => landing.Stream == "opportunities").LandedAt);
        using var client = await server.SignedInAsync();
        var sources = await client.GetStringAsync(new Uri("/api/v1/sources", UriKind.Relative));
        Assert.Contains("\"rows_quarantined\":3", sources, StringComparison.Ordinal);
    }
}

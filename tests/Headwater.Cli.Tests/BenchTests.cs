using Headwater.Benchmarks.Frame;
using Headwater.Benchmarks.Serving;

namespace Headwater.Cli.Tests;

public sealed class BenchTests
{
    [Fact]
    public async Task Without_wrk_the_bars_of_dashboards_over_HTTP_are_missed()
    {
        using var told = new StringWriter();
        var measurements = new List<Measurement>();
        await foreach (var measurement in HttpBench.RunAsync("", told, TestContext.Current.CancellationToken))
        {
            measurements.Add(measurement);
        }

        Assert.Equal(4, measurements.Count);
        Assert.All(measurements, measurement => Assert.False(measurement.Passed));
        Assert.Contains("apt-get install wrk", told.ToString(), StringComparison.Ordinal);
    }
}

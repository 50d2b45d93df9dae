using System.Diagnostics;
using Headwater.Benchmarks.Frame;

namespace Headwater.Benchmarks.Metrics;

/// <summary>What the process holds after the run; the bare engine's share of it included, whose tables are a copy of ours.</summary>
internal static class MemoryBench
{
    private const double AllowedFactor = 1.5;
    private const double AllowedMegabytes = 500;

    public static async IAsyncEnumerable<Measurement> RunAsync(PharmaStar star)
    {
        await Task.Yield();
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        var data = star.Bytes / 1e6;
        yield return new Measurement("the data", data, "MB");
        yield return new Measurement(
            "memory after the run, two engines",
            process.WorkingSet64 / 1e6,
            "MB",
            Bar.AtMost((AllowedFactor * data) + AllowedMegabytes)
        );
    }
}

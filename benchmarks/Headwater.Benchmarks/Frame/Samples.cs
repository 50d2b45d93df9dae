using System.Diagnostics;

namespace Headwater.Benchmarks.Frame;

/// <summary>Timings, and what can be said from them on a machine that others use too: medians, and bootstrap intervals.</summary>
internal static class Samples
{
    private const int Resamples = 2_000;

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// <summary>Seconds of each run, after one that is not counted.</summary>
    public static async Task<double[]> TimeAsync(int runs, Func<Task> work)
    {
        await work();
        var seconds = new double[runs];
        for (var run = 0; run < runs; run++)
        {
            seconds[run] = await SecondsAsync(work);
        }

        return seconds;
    }

    /// <summary>
    /// Two ways of the same work, run in turns so that whatever else the machine does meets both: the ratio of the medians, with
    /// a 95 % interval from resampling pairs (percentile bootstrap; Efron 1979).
    /// </summary>
    public static async Task<PairedRatio> CompareAsync(int pairs, Func<Task> ours, Func<Task> baseline)
    {
        var timings = await TimePairsAsync(pairs, ours, baseline);
        return new PairedRatio(
            Median(timings.Select(timing => timing.Ours)),
            Median(timings.Select(timing => timing.Baseline)),
            Bootstrap([timings])
        );
    }

    /// <summary>
    /// The same for several pieces of work, taken together: the ratio of the sums of the medians, with an interval from resampling the pairs of each.
    /// </summary>
    public static PairedRatio Together(IReadOnlyList<(double Ours, double Baseline)[]> works) =>
        new(
            works.Sum(timings => Median(timings.Select(timing => timing.Ours))),
            works.Sum(timings => Median(timings.Select(timing => timing.Baseline))),
            Bootstrap(works)
        );

    /// <summary>Seconds of two ways of the same work, run in turns, after one run of each that is not counted.</summary>
    public static async Task<(double Ours, double Baseline)[]> TimePairsAsync(
        int pairs,
        Func<Task> ours,
        Func<Task> baseline
    )
    {
        await ours();
        await baseline();
        var timings = new (double Ours, double Baseline)[pairs];
        for (var pair = 0; pair < pairs; pair++)
        {
            // Whoever goes second may profit from the first: they swap.
            if (pair % 2 == 0)
            {
                var first = await SecondsAsync(ours);
                timings[pair] = (first, await SecondsAsync(baseline));
            }
            else
            {
                var first = await SecondsAsync(baseline);
                timings[pair] = (await SecondsAsync(ours), first);
            }
        }

        return timings;
    }

    private static Interval Bootstrap(IReadOnlyList<(double Ours, double Baseline)[]> works)
    {
        var random = new Random(1);
        var ratios = new double[Resamples];
        for (var round = 0; round < Resamples; round++)
        {
            var (ours, baseline) = (0.0, 0.0);
            foreach (var timings in works)
            {
                var sample = random.GetItems(timings, timings.Length);
                ours += Median(sample.Select(timing => timing.Ours));
                baseline += Median(sample.Select(timing => timing.Baseline));
            }

            ratios[round] = ours / baseline;
        }

        Array.Sort(ratios);
        return new Interval(ratios[Resamples / 40], ratios[Resamples - (Resamples / 40) - 1]);
    }

    private static async Task<double> SecondsAsync(Func<Task> work)
    {
        var start = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}

/// <summary>Two ways of the same work, compared.</summary>
/// <param name="OursSeconds">Median of ours.</param>
/// <param name="BaselineSeconds">Median of the baseline.</param>
/// <param name="Confidence">95 % interval of the ratio.</param>
internal sealed record PairedRatio(double OursSeconds, double BaselineSeconds, Interval Confidence)
{
    public double Ratio => OursSeconds / BaselineSeconds;
}

using System.Runtime.CompilerServices;
using Headwater.Benchmarks.Frame;

namespace Headwater.Benchmarks.Metrics;

/// <summary>What metrics cost over SQL that is written by hand.</summary>
internal sealed class MetricsGroup : IBenchGroup
{
    private const long Sales = 10_000_000;

    public string Name => "metrics";

    public string Description =>
        "ten dashboard questions over 10M sales, asked over HTTP under a policy, against hand-written SQL in the bare engine";

    public async IAsyncEnumerable<Measurement> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var star = await PharmaStar.OpenAsync(Sales, cancellationToken);
        var session = await star.SignInAsync(cancellationToken);
        IAsyncEnumerable<Measurement>[] parts =
        [
            CompileBench.RunAsync(star, cancellationToken),
            UncachedBench.RunAsync(star, session, cancellationToken),
            UncachedBench.RunWithRollupsAsync(star, session, cancellationToken),
            CachedBench.RunAsync(star, session, cancellationToken),
            MemoryBench.RunAsync(star),
        ];
        foreach (var part in parts)
        {
            await foreach (var measurement in part)
            {
                yield return measurement;
            }
        }
    }
}

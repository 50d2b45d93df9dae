using System.Runtime.CompilerServices;
using Headwater.Benchmarks.Frame;

namespace Headwater.Benchmarks.Serving;

/// <summary>Questions through the gate, against the same SQL in the bare engine; and dashboards over HTTP.</summary>
internal sealed class ServingGroup : IBenchGroup
{
    public string Name => "serving";

    public string Description => "metric queries through the gate against the bare engine, and dashboards over HTTP";

    public async IAsyncEnumerable<Measurement> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var rows in (long[])[1_000_000, 10_000_000])
        {
            await foreach (var measurement in GateBench.RunAsync(rows, cancellationToken))
            {
                yield return measurement;
            }
        }

        var searchPath = Environment.GetEnvironmentVariable("PATH") ?? "";
        await foreach (var measurement in HttpBench.RunAsync(searchPath, Console.Error, cancellationToken))
        {
            yield return measurement;
        }
    }
}

using System.Runtime.CompilerServices;
using Headwater.Benchmarks.Frame;

namespace Headwater.Benchmarks.Engine;

/// <summary>The binding and the adapter over DuckDB, against the engine itself.</summary>
internal sealed class EngineGroup : IBenchGroup
{
    public string Name => "engine";

    public string Description => "DuckDB through our binding: reading, writing results as JSON, appending, cancelling";

    public async IAsyncEnumerable<Measurement> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var measurement in AggregateBench.RunAsync(cancellationToken))
        {
            yield return measurement;
        }

        await foreach (var measurement in JsonBench.RunAsync(cancellationToken))
        {
            yield return measurement;
        }

        await foreach (var measurement in AppendBench.RunAsync(cancellationToken))
        {
            yield return measurement;
        }

        await foreach (var measurement in CancellationBench.RunAsync(cancellationToken))
        {
            yield return measurement;
        }
    }
}

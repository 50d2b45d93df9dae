using System.Runtime.CompilerServices;
using Headwater.Benchmarks.Frame;

namespace Headwater.Benchmarks.Landing;

/// <summary>From a file to its table: hashed, counted, typed and checked, against the engine's bare <c>COPY</c>.</summary>
internal sealed class LandingGroup : IBenchGroup
{
    public string Name => "landing";

    public string Description =>
        "the simulator; 1 GB of CSV landed against DuckDB's COPY into a table of the same types";

    public async IAsyncEnumerable<Measurement> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var measurement in CsvBench.RunAsync(cancellationToken))
        {
            yield return measurement;
        }
    }
}

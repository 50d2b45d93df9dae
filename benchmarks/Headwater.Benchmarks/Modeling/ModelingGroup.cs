using System.Runtime.CompilerServices;
using Headwater.Benchmarks.Frame;

namespace Headwater.Benchmarks.Modeling;

/// <summary>A large project read, one model of it compiled, and what a build adds to the SQL that it runs.</summary>
internal sealed class ModelingGroup : IBenchGroup
{
    public string Name => "modeling";

    public string Description =>
        $"commands on a generated project of {GeneratedProject.Nodes} nodes, from start to exit; a build against its bare SQL";

    public async IAsyncEnumerable<Measurement> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var measurement in CommandBench.RunAsync(cancellationToken))
        {
            yield return measurement;
        }

        await foreach (var measurement in BuildBench.RunAsync(cancellationToken))
        {
            yield return measurement;
        }
    }
}

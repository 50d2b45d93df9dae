namespace Headwater.Benchmarks.Frame;

/// <summary>A set of measurements of one part of the product, run by <c>./bench NAME</c>.</summary>
internal interface IBenchGroup
{
    string Name { get; }

    /// <summary>What is measured, in one line.</summary>
    string Description { get; }

    /// <summary>Measurements as they are ready, so that a long run shows where it is.</summary>
    IAsyncEnumerable<Measurement> RunAsync(CancellationToken cancellationToken);
}

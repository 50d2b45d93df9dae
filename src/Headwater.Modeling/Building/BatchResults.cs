namespace Headwater.Modeling.Building;

/// <summary>A span of time that a microbatch model is built for, in UTC.</summary>
/// <param name="End">The first instant after it.</param>
public sealed record BatchSpan(DateTime Start, DateTime End);

/// <summary>What became of the batches of a microbatch model.</summary>
public sealed record BatchResults(IReadOnlyList<BatchSpan> Successful, IReadOnlyList<BatchSpan> Failed)
{
    /// <summary>True if some batches hold and others failed.</summary>
    public bool IsPartial => Successful.Count > 0 && Failed.Count > 0;
}

namespace Headwater.Metrics.Semantics;

/// <summary>A time over which a measure cannot be added, such as the day of a balance: only its first or last counts.</summary>
/// <param name="Dimension">Name of the time dimension.</param>
/// <param name="Last">Whether the last counts; else the first.</param>
/// <param name="Groupings">Entities of which each has its own first or last.</param>
public sealed record NonAdditive(string Dimension, bool Last, IReadOnlyList<string> Groupings);

using Headwater.Kernel.Names;

namespace Headwater.Metrics.Planning.Passes.Rollups;

/// <summary>What is known of the rollups of the tables as they are now.</summary>
public interface IRollups
{
    /// <summary>Those that aggregate the rows of a table, the smallest first; with a reason those that must not be used.</summary>
    IReadOnlyList<RollupCandidate> Over(RelationName root);
}

/// <summary>A rollup that may answer.</summary>
/// <param name="Types">The types of its columns by their names, as the engine spells them.</param>
/// <param name="WhyNot">Why it must not be used for anything; null if it holds what its tables hold.</param>
public sealed record RollupCandidate(
    RollupTable Table,
    IReadOnlyDictionary<string, string> Types,
    RollupRefusal? WhyNot
);

/// <summary>There are no rollups.</summary>
public sealed class NoRollups : IRollups
{
    public static NoRollups Instance { get; } = new();

    private NoRollups() { }

    public IReadOnlyList<RollupCandidate> Over(RelationName root) => [];
}

namespace Headwater.Platform.Audit.Chain;

/// <summary>What is wrong with the audit log.</summary>
/// <param name="Kind">In what way.</param>
/// <param name="Place">The segment or table it is in.</param>
/// <param name="From">The number of the first record that it is about.</param>
/// <param name="To">The number of the last.</param>
public sealed record ChainFlaw(ChainFlawKind Kind, string Place, long From, long To);

public enum ChainFlawKind
{
    /// <summary>A record is not what its digest was made of.</summary>
    Changed,

    /// <summary>Records are not there.</summary>
    Missing,

    /// <summary>A record stands where another should.</summary>
    Reordered,
}

/// <summary>What a check of the audit log found.</summary>
/// <param name="Records">Records that were checked.</param>
/// <param name="Unchained">Records from before there was a chain: nothing is known of them.</param>
/// <param name="Head">The last record.</param>
public sealed record ChainReport(long Records, long Unchained, ChainHead Head, IReadOnlyList<ChainFlaw> Flaws)
{
    public bool IsWhole => Flaws.Count == 0;
}

namespace Headwater.Platform.Audit.Chain;

/// <summary>Where the chain of audit records stands: each record's digest is over the one before it and the record, so that none can be changed, left out or moved unseen.</summary>
/// <param name="Sequence">The number of the last record; 0 before the first.</param>
/// <param name="Digest">Its SHA-256.</param>
public sealed record ChainHead(long Sequence, ReadOnlyMemory<byte> Digest)
{
    internal const int DigestBytes = 32;

    /// <summary>Before the first record.</summary>
    public static ChainHead Start { get; } = new(0, new byte[DigestBytes]);

    public string Text => Convert.ToHexStringLower(Digest.Span);
}

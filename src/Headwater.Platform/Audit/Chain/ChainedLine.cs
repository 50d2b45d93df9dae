using System.Globalization;
using System.Security.Cryptography;

namespace Headwater.Platform.Audit.Chain;

/// <summary>A line of a segment as a link of the chain: what is hashed, and the digest it states.</summary>
internal readonly ref struct ChainedLine
{
    private ChainedLine(ReadOnlySpan<byte> body, long sequence, byte[] stated)
    {
        Body = body;
        Sequence = sequence;
        Stated = stated;
    }

    /// <summary>The line up to its digest.</summary>
    public ReadOnlySpan<byte> Body { get; }

    public long Sequence { get; }

    public byte[] Stated { get; }

    /// <summary>Takes a line apart; false for one that is no link: cut off, or from before there was a chain.</summary>
    public static bool TryRead(ReadOnlySpan<byte> line, out ChainedLine link)
    {
        link = default;
        var at = line.LastIndexOf(AuditLine.DigestField);
        var digits = at < 0 ? [] : line[(at + AuditLine.DigestField.Length)..];
        if (
            digits.Length < (2 * ChainHead.DigestBytes) + 2
            || !line.StartsWith(AuditLine.SequenceField)
            || !System.Buffers.Text.Utf8Parser.TryParse(
                line[AuditLine.SequenceField.Length..],
                out long sequence,
                out _
            )
        )
        {
            return false;
        }

        var stated = new byte[ChainHead.DigestBytes];
        if (
            Convert.FromHexString(digits[..(2 * ChainHead.DigestBytes)], stated, out _, out _)
            != System.Buffers.OperationStatus.Done
        )
        {
            return false;
        }

        link = new ChainedLine(line[..at], sequence, stated);
        return true;
    }

    /// <summary>Whether it follows a record with some digest.</summary>
    public bool Follows(ReadOnlySpan<byte> before)
    {
        Span<byte> digest = stackalloc byte[ChainHead.DigestBytes];
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(before);
        hash.AppendData(Body);
        hash.GetHashAndReset(digest);
        return digest.SequenceEqual(Stated);
    }

    public override string ToString() => Sequence.ToString(CultureInfo.InvariantCulture);
}

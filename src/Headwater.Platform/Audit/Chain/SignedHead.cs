using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Headwater.Platform.Audit.Chain;

/// <summary>
/// Where the chain stood at a moment, signed (ECDSA over P-256 with SHA-256): kept elsewhere, it shows later that no record up to there was changed or
/// removed, even by someone who could write the whole log anew.
/// </summary>
/// <param name="Key">The public key, as SubjectPublicKeyInfo in base64.</param>
/// <param name="Signature">In base64, over number, digest and time.</param>
public sealed record SignedHead(long Sequence, string Digest, DateTimeOffset At, string Key, string Signature)
{
    /// <summary>True if whoever has the key signed just this.</summary>
    public bool IsGenuine()
    {
        try
        {
            using var key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(Key), out _);
            return key.VerifyData(Text(), Convert.FromBase64String(Signature), HashAlgorithmName.SHA256);
        }
        catch (Exception exception) when (exception is FormatException or CryptographicException)
        {
            return false;
        }
    }

    internal static SignedHead Sign(ChainHead head, DateTimeOffset at, ECDsa key)
    {
        var unsigned = new SignedHead(
            head.Sequence,
            head.Text,
            at,
            Convert.ToBase64String(key.ExportSubjectPublicKeyInfo()),
            ""
        );
        return unsigned with
        {
            Signature = Convert.ToBase64String(key.SignData(unsigned.Text(), HashAlgorithmName.SHA256)),
        };
    }

    private byte[] Text() =>
        Encoding.UTF8.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"headwater audit head|{Sequence}|{Digest}|{At.UtcTicks}")
        );
}

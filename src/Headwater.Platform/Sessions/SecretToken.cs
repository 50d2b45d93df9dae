using System.Buffers.Text;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Headwater.Platform.Sessions;

/// <summary>A secret that opens something, such as a session: 256 random bits, of which only the hash is kept.</summary>
internal static class SecretToken
{
    /// <summary>Characters of a token's text.</summary>
    public const int Length = 43;

    public static string Create() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>The hash by which a token is known, or null if the text cannot be a token. No allocation.</summary>
    public static TokenHash? Hash(ReadOnlySpan<char> token)
    {
        Span<byte> text = stackalloc byte[Length];
        if (token.Length != Length || !Encoding.ASCII.TryGetBytes(token, text, out var written) || written != Length)
        {
            return null;
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text, hash);
        return MemoryMarshal.Read<TokenHash>(hash);
    }
}

/// <summary>SHA-256 of a token. A random token needs no salt: there is nothing to guess.</summary>
internal readonly record struct TokenHash(UInt128 First, UInt128 Second)
{
    public override string ToString() => $"{First:x32}{Second:x32}";

    public static TokenHash Parse(string text) =>
        new(
            UInt128.Parse(text.AsSpan(0, 32), NumberStyles.HexNumber, CultureInfo.InvariantCulture),
            UInt128.Parse(text.AsSpan(32), NumberStyles.HexNumber, CultureInfo.InvariantCulture)
        );
}

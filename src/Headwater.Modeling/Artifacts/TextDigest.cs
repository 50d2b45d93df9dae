using System.Security.Cryptography;
using System.Text;

namespace Headwater.Modeling.Artifacts;

/// <summary>Digests of files as dbt counts them: of the text without the blanks around it.</summary>
internal static class TextDigest
{
    /// <summary>The text that counts where it is not hashed: whatever its lines end with.</summary>
    public static string Of(string text) => text.ReplaceLineEndings("\n").Trim();

    /// <summary>SHA-256 of a text, in hexadecimal digits.</summary>
    public static string Hash(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.Trim())));

    /// <summary>True if a digest is of this text: up to dbt 1.11 with the ends of its lines as they are, from 1.12 on as single line feeds.</summary>
    public static bool Fits(string digest, string text) => digest == Hash(text) || digest == Hash(Of(text));
}

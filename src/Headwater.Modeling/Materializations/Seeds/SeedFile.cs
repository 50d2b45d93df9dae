using System.Text;
using System.Text.Unicode;

namespace Headwater.Modeling.Materializations;

/// <summary>The file of a seed, which is text in UTF-8.</summary>
internal static class SeedFile
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true);

    /// <summary>What a function reads from the file.</summary>
    /// <exception cref="SeedFormatException">It met bytes that are no UTF-8.</exception>
    public static T Decoded<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (DecoderFallbackException)
        {
            throw NotUtf8(path);
        }
    }

    /// <summary>Opens the file. Read it within <see cref="Decoded"/>.</summary>
    public static StreamReader Open(string path) => new(path, Strict, detectEncodingFromByteOrderMarks: false);

    /// <summary>Says in which line the bytes are that are no UTF-8.</summary>
    private static SeedFormatException NotUtf8(string path)
    {
        var rest = File.ReadAllBytes(path).AsSpan();
        var line = 1;
        for (var end = rest.IndexOf((byte)'\n'); end >= 0 && Utf8.IsValid(rest[..end]); end = rest.IndexOf((byte)'\n'))
        {
            rest = rest[(end + 1)..];
            line++;
        }

        return new SeedFormatException(line, "The file is not text in UTF-8; save it as UTF-8.");
    }
}

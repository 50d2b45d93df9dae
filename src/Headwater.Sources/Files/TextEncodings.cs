using System.Text;
using System.Text.Unicode;
using Headwater.Project.Yaml;

namespace Headwater.Sources.Files;

/// <summary>Tells in which encoding a text file is.</summary>
internal static class TextEncodings
{
    static TextEncodings() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>
    /// The encoding of a text by its byte order mark, else UTF-8 if the sample is valid, else UTF-16 if every other byte is mostly zero, else
    /// Windows-1252: what office programs write where they do not write Unicode.
    /// </summary>
    public static Encoding Detect(ReadOnlySpan<byte> sample)
    {
        if (sample.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
        {
            return Encoding.UTF8;
        }

        if (sample.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
        {
            return Encoding.Unicode;
        }

        if (sample.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            return Encoding.BigEndianUnicode;
        }

        if (MostlyZero(sample, 1))
        {
            return Encoding.Unicode;
        }

        if (MostlyZero(sample, 0))
        {
            return Encoding.BigEndianUnicode;
        }

        return Utf8.IsValid(WholeCharacters(sample)) ? Encoding.UTF8 : Encoding.GetEncoding(1252);
    }

    /// <exception cref="Kernel.Diagnostics.DiagnosticException">HW3006.</exception>
    public static Encoding Find(LocatedText name)
    {
        try
        {
            return Encoding.GetEncoding(name.Text);
        }
        catch (ArgumentException)
        {
            throw SourceDiagnostics.UnknownEncoding.At(name.Location, name.Text).ToException();
        }
    }

    private static bool MostlyZero(ReadOnlySpan<byte> sample, int offset)
    {
        var (zeros, pairs) = (0, sample.Length / 2);
        for (var pair = 0; pair < pairs; pair++)
        {
            zeros += sample[2 * pair + offset] == 0 ? 1 : 0;
        }

        return pairs > 4 && zeros > pairs * 0.6;
    }

    // A sample may end inside a character.
    private static ReadOnlySpan<byte> WholeCharacters(ReadOnlySpan<byte> sample)
    {
        for (var back = 1; back <= Math.Min(3, sample.Length); back++)
        {
            if (sample[^back] >= 0xC0)
            {
                return sample[..^back];
            }
        }

        return sample;
    }
}

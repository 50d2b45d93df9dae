using System.IO.Compression;
using Headwater.Kernel.Diagnostics;
using Headwater.Project.Resources.Sources;
using Headwater.Sources.Files;

namespace Headwater.Sources.Formats.Csv;

/// <summary>
/// Looks whether the beginning of a file is text at all. A stray control character is left to landing, which sets its record aside; programs,
/// pictures and archives hold many.
/// </summary>
internal static class CsvProbe
{
    private const int ProbeBytes = 8 * 1024;
    private const int FewestControls = 3;
    private const int MostText = 25;

    /// <summary>What is wrong with the file, in words; null if nothing is.</summary>
    /// <exception cref="DiagnosticException">HW3006.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static string? FindProblem(Stream opened, string name, FileFormat options)
    {
        try
        {
            using var input = name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
                ? new GZipStream(opened, CompressionMode.Decompress)
                : opened;
            var bytes = new byte[ProbeBytes];
            var sample = bytes[..input.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
            var encoding = options.Encoding is { } given ? TextEncodings.Find(given) : TextEncodings.Detect(sample);
            var text = encoding.GetString(sample);
            var controls = text.Count(IsControl);
            // Control characters that separate fields are no sign of anything.
            return options.Delimiter is null && controls >= FewestControls && controls * MostText > text.Length
                ? "it holds binary data instead of text"
                : null;
        }
        catch (InvalidDataException broken)
        {
            return broken.Message;
        }
    }

    private static bool IsControl(char character) =>
        character is (< ' ' or '\u007F') and not ('\t' or '\n' or '\v' or '\f' or '\r');
}

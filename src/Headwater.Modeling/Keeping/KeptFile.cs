using System.Security.Cryptography;

namespace Headwater.Modeling.Keeping;

/// <summary>
/// The file of a kept parse: a heading, then what was read, then what came of it. Replaced whole or not at all; one that is cut off, broken or of another
/// version is as good as none.
/// </summary>
/// <param name="Seal">What else must be the same: the program, the target, the options.</param>
/// <param name="Inputs">In the form of <see cref="InputForm"/>.</param>
/// <param name="Outcome">In the form of <see cref="ManifestForm"/>.</param>
/// <param name="OutcomeDigest">SHA-256 of <paramref name="Outcome"/>: names the parse.</param>
internal sealed record KeptFile(
    ReadOnlyMemory<byte> Seal,
    ReadOnlyMemory<byte> Inputs,
    ReadOnlyMemory<byte> Outcome,
    ReadOnlyMemory<byte> OutcomeDigest
)
{
    public const string Name = "kept-parse.bin";

    private const int Heading = 8 + 4 * SHA256.HashSizeInBytes + sizeof(int);

    private static ReadOnlySpan<byte> Magic => "HWPARSE1"u8;

    public static KeptFile Of(ReadOnlyMemory<byte> seal, byte[] inputs, byte[] outcome) =>
        new(seal, inputs, outcome, SHA256.HashData(outcome));

    /// <summary>The file in a folder if it is whole and has a seal; else null.</summary>
    public static KeptFile? Read(string folder, ReadOnlySpan<byte> seal)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(Path.Combine(folder, Name));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        return Parse(bytes) is { } file && file.Seal.Span.SequenceEqual(seal) ? file : null;
    }

    /// <summary>Puts the file into a folder. Where that cannot be done nothing is kept.</summary>
    public void Write(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            var path = Path.Combine(folder, Name);
            var fresh = path + ".new";
            var options = new FileStreamOptions
            {
                Mode = FileMode.Create,
                Access = FileAccess.Write,
                Share = FileShare.None,
            };
            if (!OperatingSystem.IsWindows())
            {
                // It says as much as the project's files do, and more than all who may see the folder need to know.
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using (var stream = new FileStream(fresh, options))
            {
                stream.Write(Header());
                stream.Write(Inputs.Span);
                stream.Write(Outcome.Span);
                stream.Flush();
                if (!OperatingSystem.IsWindows())
                {
                    // While it is still held: nobody else who writes one can have begun with it.
                    File.Move(fresh, path, overwrite: true);
                    return;
                }
            }

            File.Move(fresh, path, overwrite: true);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // Somebody else writes it just now, or the folder is not for writing: the next command parses again.
        }
    }

    private static KeptFile? Parse(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length < Heading || !bytes.Span.StartsWith(Magic))
        {
            return null;
        }

        const int size = SHA256.HashSizeInBytes;
        var rest = bytes[Magic.Length..];
        var (whole, seal, inputsDigest, outcomeDigest) = (
            rest[..size],
            rest[size..(2 * size)],
            rest[(2 * size)..(3 * size)],
            rest[(3 * size)..(4 * size)]
        );
        var length = BitConverter.ToInt32(rest.Span[(4 * size)..]);
        var content = bytes[Heading..];
        if (
            length < 0
            || length > content.Length
            || !SHA256.HashData(rest.Span[size..(4 * size + sizeof(int))]).AsSpan().SequenceEqual(whole.Span)
        )
        {
            return null;
        }

        var (inputs, outcome) = (content[..length], content[length..]);
        return
            SHA256.HashData(inputs.Span).AsSpan().SequenceEqual(inputsDigest.Span)
            && SHA256.HashData(outcome.Span).AsSpan().SequenceEqual(outcomeDigest.Span)
            ? new KeptFile(seal, inputs, outcome, outcomeDigest)
            : null;
    }

    private byte[] Header()
    {
        byte[] told =
        [
            .. Seal.Span,
            .. SHA256.HashData(Inputs.Span),
            .. OutcomeDigest.Span,
            .. BitConverter.GetBytes(Inputs.Length),
        ];
        return [.. Magic, .. SHA256.HashData(told), .. told];
    }
}

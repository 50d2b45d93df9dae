using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Headwater.Modeling.Keeping;

/// <summary>
/// The file of a kept parse: a heading, what was read, what came of it, and what was edited since. Replaced whole or not at all; one that is cut off, broken or of another
/// version is as good as none.
/// </summary>
/// <param name="Seal">What else must be the same: the program, the target, the options.</param>
/// <param name="Inputs">In the form of <see cref="InputForm"/>.</param>
/// <param name="Outcome">In the form of <see cref="ManifestForm"/>.</param>
/// <param name="Explorations">In the form of <see cref="ExplorationForm"/>.</param>
/// <param name="Timed">Those of the explorations that are to be repeated each time, in the same form.</param>
/// <param name="Edits">In the form of <see cref="EditForm"/>.</param>
internal sealed record KeptFile(
    ReadOnlyMemory<byte> Seal,
    ReadOnlyMemory<byte> Inputs,
    ReadOnlyMemory<byte> Outcome,
    ReadOnlyMemory<byte> Explorations,
    ReadOnlyMemory<byte> Timed,
    ReadOnlyMemory<byte> Edits
)
{
    public const string Name = "kept-parse.bin";

    private const int Size = SHA256.HashSizeInBytes;
    private const int Parts = 5;
    private const int Told = Size + Parts * (sizeof(int) + Size);

    private static ReadOnlySpan<byte> Magic => "HWPARSE2"u8;

    /// <summary>Names the parse: SHA-256 of what came of it.</summary>
    public ReadOnlyMemory<byte> Parse => SHA256.HashData(Outcome.Span);

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

        return Whole(bytes) is { } file && file.Seal.Span.SequenceEqual(seal) ? file : null;
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
                stream.Write(Heading());
                foreach (var part in All)
                {
                    stream.Write(part.Span);
                }

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

    private ReadOnlyMemory<byte>[] All => [Inputs, Outcome, Explorations, Timed, Edits];

    private static KeptFile? Whole(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length < Magic.Length + Size + Told || !bytes.Span.StartsWith(Magic))
        {
            return null;
        }

        var told = bytes.Slice(Magic.Length + Size, Told);
        if (!IsDigest(bytes.Slice(Magic.Length, Size), told))
        {
            return null;
        }

        var rest = bytes[(Magic.Length + Size + Told)..];
        var parts = new ReadOnlyMemory<byte>[Parts];
        for (var index = 0; index < Parts; index++)
        {
            var place = told[(Size + index * (sizeof(int) + Size))..];
            var length = BinaryPrimitives.ReadInt32LittleEndian(place.Span);
            if (length < 0 || length > rest.Length || !IsDigest(place.Slice(sizeof(int), Size), rest[..length]))
            {
                return null;
            }

            parts[index] = rest[..length];
            rest = rest[length..];
        }

        return rest.IsEmpty ? new KeptFile(told[..Size], parts[0], parts[1], parts[2], parts[3], parts[4]) : null;
    }

    private static bool IsDigest(ReadOnlyMemory<byte> digest, ReadOnlyMemory<byte> content) =>
        SHA256.HashData(content.Span).AsSpan().SequenceEqual(digest.Span);

    private byte[] Heading()
    {
        var told = new byte[Told];
        Seal.Span.CopyTo(told);
        foreach (var (index, part) in All.Index())
        {
            var place = told.AsSpan(Size + index * (sizeof(int) + Size));
            BinaryPrimitives.WriteInt32LittleEndian(place, part.Length);
            SHA256.HashData(part.Span, place[sizeof(int)..]);
        }

        return [.. Magic, .. SHA256.HashData(told), .. told];
    }
}

using System.Security.Cryptography;
using Headwater.Modeling.Keeping.Format;

namespace Headwater.Modeling.Artifacts.Splicing;

/// <summary>Where in a written <c>manifest.json</c> its nodes stand, so that the next command need write only what it changes.</summary>
/// <param name="Parse">What names the kept parse that was written.</param>
/// <param name="Length">Length of the document, in bytes.</param>
/// <param name="Digest">SHA-256 of the document: a map of another is of no use.</param>
/// <param name="MetadataEnd">Where the metadata, which come first, end.</param>
/// <param name="Nodes">The nodes in the order of the document.</param>
internal sealed record ManifestMap(
    ReadOnlyMemory<byte> Parse,
    long Length,
    ReadOnlyMemory<byte> Digest,
    long MetadataEnd,
    IReadOnlyList<NodeSpan> Nodes
)
{
    private const string Name = "kept-manifest.bin";

    /// <summary>The map in a folder if it is whole and of a parse; else null.</summary>
    public static ManifestMap? Read(string folder, ReadOnlySpan<byte> parse)
    {
        try
        {
            ReadOnlyMemory<byte> bytes = File.ReadAllBytes(Path.Combine(folder, Name));
            if (bytes.Length < SHA256.HashSizeInBytes)
            {
                return null;
            }

            var content = bytes[SHA256.HashSizeInBytes..];
            if (!SHA256.HashData(content.Span).AsSpan().SequenceEqual(bytes.Span[..SHA256.HashSizeInBytes]))
            {
                return null;
            }

            var reader = new KeptReader(content);
            var map = new ManifestMap(
                reader.ReadBytes(),
                reader.ReadNumber(),
                reader.ReadBytes(),
                reader.ReadNumber(),
                reader.ReadList(from => new NodeSpan(
                    from.ReadText(),
                    from.ReadNumber(),
                    from.ReadInteger(),
                    from.ReadFlag(),
                    from.ReadOptionalText()
                ))
            );
            return reader.IsAtEnd && map.IsInOrder && map.Parse.Span.SequenceEqual(parse) ? map : null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>Puts the map into a folder. Where that cannot be done the next command writes the whole document.</summary>
    public void Write(string folder)
    {
        var writer = new KeptWriter();
        writer.Write(Parse.Span);
        writer.Write(Length);
        writer.Write(Digest.Span);
        writer.Write(MetadataEnd);
        writer.Write(
            Nodes,
            static (to, node) =>
            {
                to.Write(node.Id);
                to.Write(node.Start);
                to.Write((long)node.Length);
                to.Write(node.IsCompiled);
                to.Write(node.Edit);
            }
        );
        var content = writer.ToBytes();
        try
        {
            var fresh = Path.Combine(folder, Name + ".new");
            File.WriteAllBytes(fresh, [.. SHA256.HashData(content), .. content]);
            File.Move(fresh, Path.Combine(folder, Name), overwrite: true);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // A map that is left behind is of another document: its digest tells.
        }
    }

    private bool IsInOrder
    {
        get
        {
            var end = MetadataEnd;
            foreach (var node in Nodes)
            {
                if (node.Start < end || node.Length < 0)
                {
                    return false;
                }

                end = node.Start + node.Length;
            }

            return MetadataEnd > 0 && end <= Length;
        }
    }
}

/// <summary>Where a node stands in a document.</summary>
/// <param name="Start">In bytes.</param>
/// <param name="Length">In bytes.</param>
/// <param name="IsCompiled">Whether it shows compiled SQL.</param>
/// <param name="Edit">The digest of its text, where that is another than when the project was parsed; else null.</param>
internal readonly record struct NodeSpan(string Id, long Start, int Length, bool IsCompiled, string? Edit);

using System.Security.Cryptography;
using System.Text.Json;
using Headwater.Modeling.Graph;

namespace Headwater.Modeling.Artifacts.Splicing;

/// <summary>
/// Writes <c>manifest.json</c> of a kept parse by copying the one that was written of it before, but for what is of this command: the metadata, and nodes that
/// are compiled now or were then, or were edited since.
/// </summary>
internal sealed class ManifestSplicer(
    string folder,
    Manifest manifest,
    IReadOnlyDictionary<string, string> compiled,
    ArtifactFolder artifacts
)
{
    // With more than one node of so many changed, copying saves little.
    private const int MostChanged = 8;

    /// <summary>Writes the document to a stream that can be emptied again.</summary>
    /// <returns>Where its nodes stand; null, and nothing written, if there is no document that it could be copied from.</returns>
    public async Task<ManifestMap?> WriteAsync(Stream output, CancellationToken cancellationToken)
    {
        if (
            ManifestMap.Read(folder, manifest.KeptAs.Span) is not { } map
            || map.Nodes.Count(IsChanged) > map.Nodes.Count / MostChanged
            || await ReadAsync(map, cancellationToken) is not { } bytes
        )
        {
            return null;
        }

        ReadOnlyMemory<byte> document = bytes;
        // Takes as long as copying: by the time that is done it is known whether it was right to begin.
        var digest = Task.Run(() => SHA256.HashData(bytes), cancellationToken);
        await using var stream = new DigestingStream(output);
        var nodes = new NodeJson(new NodeFields(manifest, compiled));
        var spans = new List<NodeSpan>(map.Nodes.Count);
        await stream.WriteAsync(Metadata(), cancellationToken);
        var metadataEnd = stream.Length;
        var copied = (int)map.MetadataEnd;
        foreach (var span in map.Nodes)
        {
            if (!IsChanged(span))
            {
                spans.Add(span with { Start = span.Start - copied + stream.Length });
                continue;
            }

            await stream.WriteAsync(document[copied..(int)span.Start], cancellationToken);
            var text = JsonFragment.Write(json => nodes.Write(json, manifest.Nodes[span.Id]));
            spans.Add(
                new NodeSpan(
                    span.Id,
                    stream.Length,
                    text.Length,
                    compiled.ContainsKey(span.Id),
                    manifest.Edits.GetValueOrDefault(span.Id)
                )
            );
            await stream.WriteAsync(text, cancellationToken);
            copied = (int)span.Start + span.Length;
        }

        await stream.WriteAsync(document[copied..], cancellationToken);
        if (!(await digest).AsSpan().SequenceEqual(map.Digest.Span))
        {
            output.SetLength(0);
            return null;
        }

        return new ManifestMap(map.Parse, stream.Length, stream.Digest(), metadataEnd, spans);
    }

    private bool IsChanged(NodeSpan span) =>
        span.IsCompiled || compiled.ContainsKey(span.Id) || span.Edit != manifest.Edits.GetValueOrDefault(span.Id);

    private async Task<byte[]?> ReadAsync(ManifestMap map, CancellationToken cancellationToken)
    {
        try
        {
            var path = Path.Combine(folder, ArtifactFolder.ManifestName);
            if (new FileInfo(path) is not { Exists: true } info || info.Length != map.Length)
            {
                return null;
            }

            var bytes = await File.ReadAllBytesAsync(path, cancellationToken);
            return bytes.Length == map.Length && map.Nodes.All(node => manifest.Nodes.ContainsKey(node.Id))
                ? bytes
                : null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // The document's beginning: its brace, and its first member.
    private byte[] Metadata() =>
        JsonFragment.Write(json => artifacts.Metadata(json, ManifestJson.Schema)).AsSpan()[..^1].ToArray();
}

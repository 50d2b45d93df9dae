using Headwater.Kernel.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Headwater.Project.Yaml;

/// <summary>
/// Reads YAML text into nodes with locations. Anchors, aliases and merge keys (<c>&lt;&lt;</c>) are resolved; nesting and the number of
/// nodes that aliases unfold to are bounded, so that a small file cannot fill the memory.
/// </summary>
public sealed class YamlReader
{
    private const int MaxDepth = 64;
    private const int MaxNodes = 1_000_000;

    private readonly string _file;
    private readonly DiagnosticBag _diagnostics;
    private readonly Dictionary<AnchorName, (YamlNode Node, int Size)> _anchors = [];
    private int _nodes;

    private YamlReader(string file, DiagnosticBag diagnostics)
    {
        _file = file;
        _diagnostics = diagnostics;
    }

    /// <summary>The first document of a text, or null if it is empty or broken (which is then reported).</summary>
    /// <param name="text">The YAML text.</param>
    /// <param name="file">The name to report, relative to the project.</param>
    /// <param name="diagnostics">Receives HW1003 and HW1004.</param>
    public static YamlNode? Read(string text, string file, DiagnosticBag diagnostics)
    {
        var reader = new YamlReader(file, diagnostics);
        try
        {
            using var input = new StringReader(text);
            var parser = new Parser(input);
            parser.Consume<StreamStart>();
            if (!parser.TryConsume<DocumentStart>(out _))
            {
                return null;
            }

            return reader.ReadNode(parser, 0);
        }
        catch (YamlException problem)
        {
            var place = new SourceLocation(file, (int)problem.Start.Line, (int)problem.Start.Column);
            diagnostics.Add(ProjectDiagnostics.YamlSyntax.At(place, Sentence(problem)));
            return null;
        }
    }

    private YamlNode ReadNode(Parser parser, int depth)
    {
        if (depth > MaxDepth || ++_nodes > MaxNodes)
        {
            throw new YamlException(
                parser.Current!.Start,
                parser.Current.End,
                "the file is nested too deep or too large"
            );
        }

        if (parser.TryConsume<AnchorAlias>(out var alias))
        {
            if (!_anchors.TryGetValue(alias.Value, out var anchored))
            {
                throw new YamlException(alias.Start, alias.End, $"there is no anchor '{alias.Value}' before this");
            }

            _nodes += anchored.Size;
            return anchored.Node;
        }

        var anchor = parser.Current is NodeEvent { Anchor.IsEmpty: false } started ? started.Anchor : AnchorName.Empty;
        var before = _nodes;
        YamlNode node =
            parser.TryConsume<Scalar>(out var scalar) ? ReadScalar(scalar)
            : parser.TryConsume<SequenceStart>(out var sequence) ? ReadSequence(parser, sequence, depth)
            : ReadMapping(parser, parser.Consume<MappingStart>(), depth);
        if (!anchor.IsEmpty)
        {
            _anchors[anchor] = (node, _nodes - before + 1);
        }

        return node;
    }

    private YamlScalar ReadScalar(Scalar scalar) =>
        new(scalar.Value, scalar.Style == ScalarStyle.Plain, Locate(scalar.Start));

    private YamlSequence ReadSequence(Parser parser, SequenceStart start, int depth)
    {
        var items = new List<YamlNode>();
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(ReadNode(parser, depth + 1));
        }

        return new YamlSequence(items, Locate(start.Start));
    }

    private YamlMapping ReadMapping(Parser parser, MappingStart start, int depth)
    {
        var entries = new List<YamlEntry>();
        var merged = new List<YamlEntry>();
        var keys = new HashSet<string>(StringComparer.Ordinal);
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var keyNode = ReadNode(parser, depth + 1);
            var value = ReadNode(parser, depth + 1);
            if (keyNode is not YamlScalar key)
            {
                _diagnostics.Add(ProjectDiagnostics.YamlSyntax.At(keyNode.Location, "a key must be a text"));
            }
            else if (key is { IsPlain: true, Text: "<<" })
            {
                merged.AddRange(MergedEntries(value));
            }
            else if (!keys.Add(key.Text))
            {
                _diagnostics.Add(ProjectDiagnostics.DuplicateKey.At(key.Location, key.Text));
            }
            else
            {
                entries.Add(new YamlEntry(key, value));
            }
        }

        entries.AddRange(merged.Where(entry => keys.Add(entry.Key.Text)));
        return new YamlMapping(entries, Locate(start.Start));
    }

    private static IEnumerable<YamlEntry> MergedEntries(YamlNode value) =>
        value switch
        {
            YamlMapping mapping => mapping.Entries,
            YamlSequence sequence => sequence.Items.OfType<YamlMapping>().SelectMany(item => item.Entries),
            _ => [],
        };

    private SourceLocation Locate(Mark mark) => new(_file, (int)mark.Line, (int)mark.Column);

    // YamlDotNet starts its messages with the place, which the diagnostic shows already.
    private static string Sentence(YamlException problem)
    {
        var message = problem.InnerException?.Message ?? problem.Message;
        var end = message.IndexOf("): ", StringComparison.Ordinal);
        return end < 0 ? message : message[(end + 3)..];
    }
}

using Headwater.Jinja.Values;
using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Names;
using Headwater.Modeling.Graph;
using Headwater.Project;

namespace Headwater.Modeling.Parsing;

/// <summary>
/// The tables that models read from: the streams that the project lands, and those that <c>sources:</c> entries describe. An entry with
/// the name of a landed source only adds to it.
/// </summary>
internal sealed class SourceParser(ParsedProject shared, DraftFactory drafts, DiagnosticBag diagnostics)
{
    private readonly ProjectFolder _project = shared.Folder;
    private readonly List<SourceNode> _disabled = [];

    /// <summary>The tables that are switched off, once <see cref="Sources"/> has run.</summary>
    public IReadOnlyList<SourceNode> Disabled => _disabled;

    public IReadOnlyDictionary<string, SourceNode> Sources(IReadOnlyList<SourceEntry> entries)
    {
        var sources = new Dictionary<string, SourceNode>(StringComparer.Ordinal);
        foreach (var source in _project.Sources)
        {
            foreach (var stream in source.Streams)
            {
                var entry = entries.FirstOrDefault(item =>
                    item.Source.Text == source.Name && item.Table.Name.Text == stream.Name
                );
                Add(sources, Landed(source, stream, entry));
            }
        }

        foreach (var entry in entries)
        {
            if (!_project.Sources.Any(source => source.Name == entry.Source.Text))
            {
                Add(sources, Declared(entry));
            }
            else if (
                !sources.Values.Any(node => node.SourceName == entry.Source.Text && node.Name == entry.Table.Name.Text)
            )
            {
                diagnostics.Add(
                    ModelingDiagnostics.UnknownPatch.At(
                        entry.Table.Name.Location,
                        "stream",
                        $"{entry.Source}.{entry.Table.Name}"
                    )
                );
            }
        }

        return sources;
    }

    private SourceNode Landed(
        Project.Resources.Sources.SourceDefinition source,
        Project.Resources.Sources.StreamDefinition stream,
        SourceEntry? entry
    ) =>
        Node(
            source.Package,
            source.Name,
            stream.Name,
            stream.Location,
            stream.Location.File,
            new RelationName(source.Schema, stream.Name),
            stream.Description ?? entry?.Table.Description,
            entry
        );

    private SourceNode Declared(SourceEntry entry) =>
        Node(
            entry.Table.Package,
            entry.Source.Text,
            entry.Table.Name.Text,
            entry.Table.Name.Location,
            entry.Table.Path,
            new RelationName(entry.Schema, entry.Identifier ?? entry.Table.Name.Text),
            entry.Table.Description ?? entry.SourceDescription,
            entry
        );

    private SourceNode Node(
        string package,
        string source,
        string table,
        SourceLocation location,
        string path,
        RelationName relation,
        string? description,
        SourceEntry? entry
    )
    {
        var patch = entry?.Table;
        IReadOnlyList<string> fqn = [package, .. patch?.Folders ?? [], source, table];
        var config = drafts.Config(package, fqn, patch?.Config, new JinjaDict(), "sources");
        drafts.ApplyProject(config, package, fqn, "sources");
        var settled = new NodeConfig(config);
        var header = new NodeHeader
        {
            UniqueId = $"source.{package}.{source}.{table}",
            Name = table,
            Package = package,
            Location = location,
            Path = path,
            Fqn = fqn,
            Description = description,
            Columns = patch?.Columns ?? [],
            Config = settled,
        };
        var place = new RelationPlace(relation, shared.OtherDatabase(entry?.Database), shared.Quoting(settled));
        return new SourceNode(header, place)
        {
            SourceName = source,
            SourceDescription = entry?.SourceDescription,
            Freshness = FreshnessReader.Read(settled, location, diagnostics),
            LoadedAtField = settled.Text("loaded_at_field"),
            LoadedAtQuery = settled.Text("loaded_at_query"),
            Loader = entry?.Loader,
        };
    }

    private void Add(Dictionary<string, SourceNode> sources, SourceNode node)
    {
        if (!node.Config.Enabled)
        {
            _disabled.Add(node);
        }
        else if (!sources.TryAdd(node.UniqueId, node))
        {
            diagnostics.Add(
                ModelingDiagnostics.DuplicateNode.At(
                    node.Location,
                    "source table",
                    $"{node.SourceName}.{node.Name}",
                    sources[node.UniqueId].Location
                )
            );
        }
    }
}

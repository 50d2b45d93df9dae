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
internal sealed class SourceParser(ProjectFolder project, DraftFactory drafts, DiagnosticBag diagnostics)
{
    public IReadOnlyDictionary<string, SourceNode> Sources(IReadOnlyList<SourceEntry> entries)
    {
        var sources = new Dictionary<string, SourceNode>(StringComparer.Ordinal);
        foreach (var source in project.Sources)
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
            if (!project.Sources.Any(source => source.Name == entry.Source.Text))
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
            entry?.Table
        );

    private SourceNode Declared(SourceEntry entry) =>
        Node(
            entry.Table.Package,
            entry.Source.Text,
            entry.Table.Name.Text,
            entry.Table.Name.Location,
            entry.Path,
            new RelationName(entry.Schema, entry.Identifier ?? entry.Table.Name.Text),
            entry.Table.Description ?? entry.SourceDescription,
            entry.Table
        );

    private SourceNode Node(
        string package,
        string source,
        string table,
        SourceLocation location,
        string path,
        RelationName relation,
        string? description,
        NodePatch? patch
    )
    {
        IReadOnlyList<string> fqn = [package, source, table];
        return new SourceNode
        {
            UniqueId = $"source.{package}.{source}.{table}",
            Name = table,
            SourceName = source,
            Package = package,
            Location = location,
            Path = path,
            Fqn = fqn,
            Description = description,
            Columns = patch?.Columns ?? [],
            Config = new NodeConfig(drafts.Config(package, fqn, patch?.Config, new JinjaDict(), "sources")),
            Relation = relation,
        };
    }

    private void Add(Dictionary<string, SourceNode> sources, SourceNode node)
    {
        if (node.Config.Enabled && !sources.TryAdd(node.UniqueId, node))
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

using Headwater.Kernel.Diagnostics;
using Headwater.Modeling.Graph;
using Headwater.Project;
using Headwater.Sql.Dialects;

namespace Headwater.Modeling.Parsing;

/// <summary>Parses a project: macros, properties, nodes, then names. Each stage reports all that it finds.</summary>
internal sealed class ManifestParser(
    ProjectFolder project,
    ModelingOptions options,
    TemplateCache templates,
    DiagnosticBag diagnostics
)
{
    public Manifest Parse()
    {
        DbtVersion.Check(project.Packages, diagnostics);
        var shared = new SharedReader(project, options, templates, diagnostics);
        var parsed = shared.Read();
        UncalledMacros.Check(parsed.Macros, parsed.Dialect.Name, diagnostics);
        var drafts = new DraftFactory(project.Packages, package => new YamlRenderer(parsed, package, diagnostics));
        var properties = ReadProperties(parsed);
        var byName = properties.Patches.ToLookup(patch => (patch.Kind, patch.FileName));
        var tables = new SourceParser(parsed, drafts, diagnostics);
        var sources = tables.Sources(properties.Sources);
        var sql = new SqlParser(parsed, drafts, diagnostics);
        var seeds = new SeedParser(drafts);
        var found = new List<NodeDraft>();
        var leftOut = new HashSet<string>(StringComparer.Ordinal);
        foreach (var package in project.Packages)
        {
            leftOut.UnionWith(sql.PythonModels(package));
            found.AddRange(sql.Models(package, byName));
            found.AddRange(seeds.Seeds(package, byName));
            found.AddRange(sql.Snapshots(package, byName));
            found.AddRange(sql.Analyses(package, byName));
            found.AddRange(sql.SingularTests(package));
        }

        var table = new DraftTable(
            project.Name,
            found,
            properties.Patches.Where(patch => patch.Kind != "model" || !leftOut.Contains(patch.FileName)),
            diagnostics
        );
        var tests = new TestCollector(parsed, drafts, diagnostics).Collect(table, sources, properties.Sources);
        var resolver = new NodeResolver(parsed, table, sources, tests, diagnostics);
        var nodes = resolver.Resolve();
        var disabled = tables.Disabled.ToList<ManifestNode>();
        AddReaders(parsed, drafts, table, properties, resolver.References, nodes, disabled);
        var manifest = new Manifest(project, parsed, nodes, shared.Hooks("on-run-start"), shared.Hooks("on-run-end"))
        {
            ParsedAt = parsed.StartedAt,
            Explorations =
            [
                .. found
                    .Where(draft => draft.Explored is not null)
                    .Select(draft => KeyValuePair.Create(draft.UniqueId, draft.Explored!)),
            ],
            DisabledNodes = new Lazy<IReadOnlyList<ManifestNode>>(() => [.. disabled, .. resolver.Disabled()]),
            MacroProperties = properties.Macros,
            Groups = properties.Groups,
            Selectors = new SelectorReader(project.Package, diagnostics).Read(),
            QueryComment = QueryComment.Read(project.Package),
        };
        ReportCircle(manifest, table);
        return manifest;
    }

    private void AddReaders(
        ParsedProject parsed,
        DraftFactory drafts,
        DraftTable table,
        PropertySet properties,
        ReferenceResolver references,
        Dictionary<string, ManifestNode> nodes,
        List<ManifestNode> disabled
    )
    {
        var units = new UnitTestParser(parsed, table, drafts, references, diagnostics);
        var semantics = new SemanticParser(drafts, table, properties);
        var exposures = new ExposureParser(parsed, drafts, references, semantics.Metrics, diagnostics);
        IEnumerable<ManifestNode> added =
        [
            .. properties.UnitTests.SelectMany(units.Read),
            .. properties.Exposures.Select(exposures.Read),
            .. semantics.All,
        ];
        foreach (var node in added)
        {
            if (!node.Config.Enabled)
            {
                disabled.Add(node);
            }
            // Names of the semantic layer are looked after by the module that plans metrics.
            else if (!nodes.TryAdd(node.UniqueId, node) && node is not SemanticNode)
            {
                diagnostics.Add(
                    ModelingDiagnostics.DuplicateNode.At(
                        node.Location,
                        node.ResourceType.Replace('_', ' '),
                        node.Name,
                        nodes[node.UniqueId].Location
                    )
                );
            }
        }
    }

    private PropertySet ReadProperties(ParsedProject parsed)
    {
        var found = new PropertySet();
        foreach (var package in project.Packages)
        {
            var renderer = new YamlRenderer(parsed, package.Name, diagnostics);
            foreach (var file in PropertyReader.ReadAll(package, renderer, diagnostics))
            {
                found.Add(file);
            }
        }

        return found;
    }

    private void ReportCircle(Manifest manifest, DraftTable table)
    {
        if (manifest.Graph.FindCircle() is not { } circle)
        {
            return;
        }

        var names = circle.Select(id => manifest.Nodes[id].Name);
        var place = table.PlaceOfRead(circle[0], circle[1]) ?? manifest.Nodes[circle[0]].Location.OrStart();
        diagnostics.Add(ModelingDiagnostics.CircularRef.At(place, string.Join(" → ", names)));
    }
}

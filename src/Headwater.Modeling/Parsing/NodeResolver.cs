using Headwater.Kernel.Diagnostics;
using Headwater.Modeling.Graph;

namespace Headwater.Modeling.Parsing;

/// <summary>Turns drafts into nodes: resolves what they read, names their relations, and checks their config.</summary>
internal sealed class NodeResolver(
    ParsedProject project,
    DraftTable drafts,
    IReadOnlyDictionary<string, SourceNode> sources,
    IReadOnlyList<NodeDraft> tests,
    DiagnosticBag diagnostics
)
{
    private readonly RelationNaming _naming = new(project, diagnostics);
    private readonly ReferenceResolver _references = new(project, drafts, sources.Values, diagnostics);
    private readonly ConfigCheck _check = new(project.Macros, project.Dialect, diagnostics);

    public ReferenceResolver References => _references;

    public Dictionary<string, ManifestNode> Resolve()
    {
        var nodes = new Dictionary<string, ManifestNode>(StringComparer.Ordinal);
        foreach (var source in sources.Values)
        {
            nodes[source.UniqueId] = source;
        }

        _naming.Prepare(drafts.Enabled.Where(draft => draft.ResourceType is "model" or "seed" or "snapshot"));
        foreach (var draft in drafts.Enabled.Concat(tests))
        {
            nodes.TryAdd(draft.UniqueId, NodeOf(draft));
        }

        return nodes;
    }

    /// <summary>The nodes that are switched off, as far as they can be told: nothing of them is checked, and nobody knows what they read.</summary>
    public IReadOnlyList<ManifestNode> Disabled()
    {
        var silent = new RelationNaming(project with { Warn = static _ => { }, Log = null }, new DiagnosticBag());
        return [.. drafts.Disabled.Select(draft => NodeOf(draft, [], silent))];
    }

    private ManifestNode NodeOf(NodeDraft draft)
    {
        switch (draft.ResourceType)
        {
            case "model":
                _check.Model(draft);
                break;
            case "snapshot":
                _check.Snapshot(draft);
                break;
            case "test":
                _check.Test(draft);
                break;
        }

        return NodeOf(draft, _references.DependsOn(draft), _naming);
    }

    private ManifestNode NodeOf(NodeDraft draft, IReadOnlyList<string> depends, RelationNaming naming)
    {
        var header = Header(draft, depends);
        return draft.ResourceType switch
        {
            "model" => new ModelNode(header, Place(draft, naming))
            {
                Constraints = draft.Patch?.Constraints ?? [],
                Template = draft.Template!,
                RawSql = draft.RawSql,
                Version = draft.Version,
                Access = ReferenceResolver.AccessOf(draft),
            },
            "snapshot" => new SnapshotNode(header, Place(draft, naming))
            {
                Template = draft.Template!,
                RawSql = draft.RawSql,
                Settings = new SnapshotSettings(draft.Settled),
            },
            "seed" => new SeedNode(header, Place(draft, naming)) { File = draft.File! },
            "analysis" => new AnalysisNode(header) { Template = draft.Template!, RawSql = draft.RawSql },
            _ => new TestNode(header)
            {
                Template = draft.Template,
                RawSql = draft.RawSql,
                Generic = draft.Generic,
                FailureRelation = naming.OfTest(draft),
            },
        };
    }

    private static NodeHeader Header(NodeDraft draft, IReadOnlyList<string> depends) =>
        new()
        {
            UniqueId = draft.UniqueId,
            Name = draft.Name,
            Package = draft.Package,
            Location = draft.Location,
            Path = draft.Path,
            Fqn = draft.Fqn,
            Description = draft.Patch?.Description,
            Config = draft.Settled,
            Columns = draft.Patch?.Columns ?? [],
            PropertiesFile = draft.Patch?.Name.Location.File,
            DependsOn = depends,
        };

    private RelationPlace Place(NodeDraft draft, RelationNaming naming)
    {
        var (name, database) = naming.Of(draft);
        return new RelationPlace(name, database, project.Quoting(draft.Settled));
    }
}

using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Names;
using Headwater.Modeling.Graph;
using Headwater.Modeling.Materializations;

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

    private ManifestNode NodeOf(NodeDraft draft)
    {
        var depends = _references.DependsOn(draft);
        return draft.ResourceType switch
        {
            "model" => Model(draft, depends),
            "snapshot" => Snapshot(draft, depends),
            "seed" => Seed(draft, depends),
            "analysis" => Analysis(draft, depends),
            _ => Test(draft, depends),
        };
    }

    private ModelNode Model(NodeDraft draft, IReadOnlyList<string> depends)
    {
        _check.Model(draft);
        var (relation, database) = _naming.Of(draft);
        return new ModelNode
        {
            UniqueId = draft.UniqueId,
            Name = draft.Name,
            Package = draft.Package,
            Location = draft.Location,
            Path = draft.Path,
            Fqn = draft.Fqn,
            Description = draft.Patch?.Description,
            Columns = draft.Patch?.Columns ?? [],
            Constraints = draft.Patch?.Constraints ?? [],
            Config = draft.Settled,
            DependsOn = depends,
            Relation = relation,
            PropertiesFile = draft.Patch?.Name.Location.File,
            Database = database,
            Quoting = project.Quoting(draft.Settled),
            Template = draft.Template!,
            RawSql = draft.RawSql,
            Version = draft.Version,
            Access = ReferenceResolver.AccessOf(draft),
        };
    }

    private SnapshotNode Snapshot(NodeDraft draft, IReadOnlyList<string> depends)
    {
        _check.Snapshot(draft);
        var (relation, database) = _naming.Of(draft);
        return new SnapshotNode
        {
            UniqueId = draft.UniqueId,
            Name = draft.Name,
            Package = draft.Package,
            Location = draft.Location,
            Path = draft.Path,
            Fqn = draft.Fqn,
            Description = draft.Patch?.Description,
            Columns = draft.Patch?.Columns ?? [],
            Config = draft.Settled,
            DependsOn = depends,
            Relation = relation,
            PropertiesFile = draft.Patch?.Name.Location.File,
            Database = database,
            Quoting = project.Quoting(draft.Settled),
            Template = draft.Template!,
            RawSql = draft.RawSql,
            Settings = new SnapshotSettings(draft.Settled),
        };
    }

    private SeedNode Seed(NodeDraft draft, IReadOnlyList<string> depends)
    {
        var (relation, database) = _naming.Of(draft);
        return new SeedNode
        {
            UniqueId = draft.UniqueId,
            Name = draft.Name,
            Package = draft.Package,
            Location = draft.Location,
            Path = draft.Path,
            Fqn = draft.Fqn,
            Description = draft.Patch?.Description,
            Columns = draft.Patch?.Columns ?? [],
            Config = draft.Settled,
            DependsOn = depends,
            Relation = relation,
            PropertiesFile = draft.Patch?.Name.Location.File,
            Database = database,
            Quoting = project.Quoting(draft.Settled),
            File = draft.File!,
        };
    }

    private static AnalysisNode Analysis(NodeDraft draft, IReadOnlyList<string> depends) =>
        new()
        {
            UniqueId = draft.UniqueId,
            Name = draft.Name,
            Package = draft.Package,
            Location = draft.Location,
            Path = draft.Path,
            Fqn = draft.Fqn,
            Description = draft.Patch?.Description,
            Columns = draft.Patch?.Columns ?? [],
            Config = draft.Settled,
            DependsOn = depends,
            Template = draft.Template!,
            RawSql = draft.RawSql,
        };

    private TestNode Test(NodeDraft draft, IReadOnlyList<string> depends)
    {
        _check.Test(draft);
        return new TestNode
        {
            UniqueId = draft.UniqueId,
            Name = draft.Name,
            Package = draft.Package,
            Location = draft.Location,
            Path = draft.Path,
            Fqn = draft.Fqn,
            Config = draft.Settled,
            DependsOn = depends,
            Template = draft.Template,
            RawSql = draft.RawSql,
            Generic = draft.Generic,
            FailureRelation = _naming.OfTest(draft),
        };
    }
}

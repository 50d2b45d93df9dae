using System.Collections.Frozen;
using Headwater.Kernel.Names;
using Headwater.Modeling.Parsing;
using Headwater.Project;

namespace Headwater.Modeling.Graph;

/// <summary>All that a project's modeling files define, resolved. Immutable and safe for several threads.</summary>
public sealed class Manifest
{
    private readonly Dictionary<string, ManifestNode> _nodes;
    private readonly Lazy<NodeGraph> _graph;
    private readonly Lazy<FrozenDictionary<string, List<RelationNode>>> _refs;
    private readonly Lazy<FrozenDictionary<string, SourceNode>> _sources;

    internal Manifest(
        ProjectFolder project,
        ParsedProject parsed,
        Dictionary<string, ManifestNode> nodes,
        IReadOnlyList<HookText> runStart,
        IReadOnlyList<HookText> runEnd
    )
    {
        Project = project;
        Parsed = parsed;
        RunStart = runStart;
        RunEnd = runEnd;
        _nodes = nodes;
        // Many commands need only some of these.
        _graph = new Lazy<NodeGraph>(() => new NodeGraph(nodes.Values));
        _refs = new Lazy<FrozenDictionary<string, List<RelationNode>>>(() =>
            nodes
                .Values.OfType<RelationNode>()
                .Where(node => node is not SourceNode)
                .GroupBy(node => node.Name, StringComparer.Ordinal)
                .ToFrozenDictionary(
                    group => group.Key,
                    group => group.OrderBy(node => node.Package == project.Name ? 0 : 1).ToList(),
                    StringComparer.Ordinal
                )
        );
        _sources = new Lazy<FrozenDictionary<string, SourceNode>>(() =>
            nodes
                .Values.OfType<SourceNode>()
                .GroupBy(node => $"{node.SourceName}.{node.Name}", StringComparer.Ordinal)
                .ToFrozenDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal)
        );
    }

    public ProjectFolder Project { get; }

    /// <summary>By unique id.</summary>
    public IReadOnlyDictionary<string, ManifestNode> Nodes => _nodes;

    public IEnumerable<ModelNode> Models => All<ModelNode>();

    public IEnumerable<SeedNode> Seeds => All<SeedNode>();

    public IEnumerable<SourceNode> Sources => All<SourceNode>();

    public IEnumerable<TestNode> Tests => All<TestNode>();

    /// <summary>The macros of the project and its packages, those built in left out.</summary>
    public IEnumerable<MacroEntry> Macros => Parsed.Macros.All.Where(macro => !macro.IsBuiltIn);

    public IEnumerable<SnapshotNode> Snapshots => All<SnapshotNode>();

    public IEnumerable<AnalysisNode> Analyses => All<AnalysisNode>();

    public IEnumerable<UnitTestNode> UnitTests => All<UnitTestNode>();

    public IEnumerable<ExposureNode> Exposures => All<ExposureNode>();

    public IEnumerable<SemanticModelNode> SemanticModels => All<SemanticModelNode>();

    public IEnumerable<MetricNode> Metrics => All<MetricNode>();

    public IEnumerable<SavedQueryNode> SavedQueries => All<SavedQueryNode>();

    /// <summary>What is switched off. What it would read is not known.</summary>
    public IReadOnlyList<ManifestNode> Disabled => DisabledNodes.Value;

    /// <summary>The blocks of the project's Markdown files.</summary>
    public IEnumerable<DocBlock> Docs => Parsed.Docs.All;

    /// <summary>What properties files say of macros.</summary>
    public IReadOnlyList<MacroProperties> MacroProperties { get; internal init; } = [];

    public IReadOnlyList<GroupDefinition> Groups { get; internal init; } = [];

    /// <summary>The named selections of <c>selectors.yml</c>.</summary>
    public IReadOnlyList<SelectorDefinition> Selectors { get; internal init; } = [];

    /// <summary>The comment that the project wants at each statement; null for none.</summary>
    public QueryComment? QueryComment { get; internal init; }

    public NodeGraph Graph => _graph.Value;

    /// <summary>When its files were parsed: before this run, if the parse was kept.</summary>
    internal DateTimeOffset ParsedAt { get; init; }

    /// <summary>What names the parse where it is kept; empty if it is not.</summary>
    internal ReadOnlyMemory<byte> KeptAs { get; set; }

    /// <summary>Of a kept parse, the models whose text is another by now: digests of the texts by unique id.</summary>
    internal IReadOnlyDictionary<string, string> Edits { get; init; } =
        new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>What the first rendering of models found, by unique id; nothing where no parse is kept.</summary>
    internal IReadOnlyList<KeyValuePair<string, Exploration>> Explorations { get; init; } = [];

    /// <summary>What is switched off, told when somebody asks: most runs do not.</summary>
    internal Lazy<IReadOnlyList<ManifestNode>> DisabledNodes { get; init; } = new([]);

    internal ParsedProject Parsed { get; }

    internal IReadOnlyList<HookText> RunStart { get; }

    internal IReadOnlyList<HookText> RunEnd { get; }

    /// <summary>The model, seed or snapshot that <c>ref(name)</c> means, or null. Without a version the latest.</summary>
    public RelationNode? FindRef(string name, string? package = null, string? version = null)
    {
        if (!_refs.Value.TryGetValue(name, out var found))
        {
            return null;
        }

        foreach (var node in found)
        {
            var given = (node as ModelNode)?.Version;
            if (
                (package is null || node.Package == package)
                && (version is null ? given is null or { IsLatest: true } : given?.Number == version)
            )
            {
                return node;
            }
        }

        return null;
    }

    /// <summary>The table that <c>source(source, table)</c> means, or null.</summary>
    public SourceNode? FindSource(string source, string table) => _sources.Value.GetValueOrDefault($"{source}.{table}");

    /// <summary>The relation that queries over a model read, or null for an unknown or ephemeral one.</summary>
    public RelationName? RelationOf(string modelName) =>
        FindRef(modelName) is { } node and not ModelNode { IsEphemeral: true } ? node.Relation : null;

    /// <summary>True if the node reads one of some nodes, directly or through ephemeral models.</summary>
    internal bool ReadsAny(ManifestNode node, IReadOnlySet<string> ids) =>
        node.DependsOn.Any(parent =>
            ids.Contains(parent)
            || (
                _nodes.GetValueOrDefault(parent) is ModelNode { IsEphemeral: true } ephemeral
                && ReadsAny(ephemeral, ids)
            )
        );

    private IEnumerable<T> All<T>()
        where T : ManifestNode => _nodes.Values.OfType<T>().OrderBy(node => node.UniqueId, StringComparer.Ordinal);
}

/// <summary>A hook of the project file: SQL with Jinja.</summary>
public sealed record HookText(string Sql, string Package, Kernel.Diagnostics.SourceLocation Location);

using Headwater.Jinja.Values;
using Headwater.Kernel.Diagnostics;
using Headwater.Modeling.Graph;
using Headwater.Project.Yaml;

namespace Headwater.Modeling.Parsing;

/// <summary>What a properties file says about a model, seed, snapshot, analysis or source table.</summary>
internal sealed record NodePatch(
    string Kind,
    LocatedText Name,
    string Package,
    string? Description,
    JinjaDict Config,
    IReadOnlyList<ColumnInfo> Columns,
    IReadOnlyList<TestEntry> Tests
)
{
    /// <summary>The properties file, relative to its package.</summary>
    public required string Path { get; init; }

    /// <summary>The folders of the properties file below its path setting.</summary>
    public required IReadOnlyList<string> Folders { get; init; }

    /// <summary>The name of the file that it belongs to, without ending: the node's name, unless it is a version of a model.</summary>
    public required string FileName { get; init; }

    public ModelVersion? Version { get; init; }

    public IReadOnlyList<NodeConstraint> Constraints { get; init; } = [];

    /// <summary>What a snapshot written in YAML reads: <c>ref('orders')</c>.</summary>
    public LocatedText? SnapshotOf { get; init; }
}

/// <summary>A test as written below a node or a column.</summary>
/// <param name="Path">The properties file, relative to its package.</param>
/// <param name="Folders">The folders of that file below its path setting.</param>
internal sealed record TestEntry(
    YamlNode Node,
    string? Column,
    SourceLocation Location,
    string Package,
    string Path,
    IReadOnlyList<string> Folders
);

/// <summary>A table of a <c>sources:</c> entry.</summary>
internal sealed record SourceEntry(
    LocatedText Source,
    string? SourceDescription,
    string? Database,
    string Schema,
    string? Identifier,
    string? Loader,
    NodePatch Table
);

/// <summary>All that the properties files of a project say.</summary>
internal sealed class PropertySet
{
    public List<NodePatch> Patches { get; } = [];

    public List<SourceEntry> Sources { get; } = [];

    public List<PropertyEntry> Exposures { get; } = [];

    public List<PropertyEntry> UnitTests { get; } = [];

    public List<PropertyEntry> SemanticModels { get; } = [];

    public List<PropertyEntry> Metrics { get; } = [];

    public List<PropertyEntry> SavedQueries { get; } = [];

    public List<MacroProperties> Macros { get; } = [];

    public List<GroupDefinition> Groups { get; } = [];

    public void Add(PropertySet other)
    {
        Patches.AddRange(other.Patches);
        Sources.AddRange(other.Sources);
        Exposures.AddRange(other.Exposures);
        UnitTests.AddRange(other.UnitTests);
        SemanticModels.AddRange(other.SemanticModels);
        Metrics.AddRange(other.Metrics);
        SavedQueries.AddRange(other.SavedQueries);
        Macros.AddRange(other.Macros);
        Groups.AddRange(other.Groups);
    }
}

/// <summary>An entry of a properties file that is read once the nodes are known.</summary>
internal sealed record PropertyEntry(
    MappingReader Reader,
    string Package,
    string Path,
    IReadOnlyList<string> Folders,
    YamlRenderer Renderer
);

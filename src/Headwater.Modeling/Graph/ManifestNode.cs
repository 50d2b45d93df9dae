using Headwater.Jinja.Parsing;
using Headwater.Jinja.Values;
using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Names;

namespace Headwater.Modeling.Graph;

/// <summary>A column that properties describe. Types are what the author declared, if anything.</summary>
public sealed record ColumnInfo(
    string Name,
    string? Description,
    string? DataType,
    IReadOnlyList<string> Tags,
    JinjaDict Meta
)
{
    /// <summary>Whether the name is quoted where SQL is generated; null leaves it to the engine.</summary>
    public bool? Quote { get; init; }

    public IReadOnlyList<NodeConstraint> Constraints { get; init; } = [];
}

/// <summary>Something in the graph of a project. Immutable past the parser.</summary>
public abstract record ManifestNode(NodeHeader Header)
{
    /// <summary>dbt's id: <c>model.package.name</c>.</summary>
    public string UniqueId => Header.UniqueId;

    public string Name => Header.Name;

    public string Package => Header.Package;

    /// <summary>The file that defines it.</summary>
    public SourceLocation Location => Header.Location;

    /// <summary>Path relative to its package, with forward slashes: what <c>path:</c> selects by.</summary>
    public string Path => Header.Path;

    /// <summary>Package, folders and name: what names select by and project config is addressed by.</summary>
    public IReadOnlyList<string> Fqn => Header.Fqn;

    public string? Description => Header.Description;

    public NodeConfig Config => Header.Config;

    public IReadOnlyList<ColumnInfo> Columns => Header.Columns;

    /// <summary>The file whose properties belong to it, relative to the project; null if none do.</summary>
    public string? PropertiesFile => Header.PropertiesFile;

    /// <summary>Unique ids of what it reads, without repetition.</summary>
    public IReadOnlyList<string> DependsOn => Header.DependsOn;

    public IReadOnlyList<string> Tags => Config.Tags;

    public JinjaDict Meta => Config.Meta;

    /// <summary>The group that owns it, or null.</summary>
    public string? Group => Config.Text("group");

    /// <summary>dbt's word: <c>model</c>, <c>seed</c>, <c>source</c>, <c>test</c>, <c>snapshot</c>, <c>analysis</c>, <c>unit_test</c>, <c>exposure</c>, <c>semantic_model</c>, <c>metric</c>, <c>saved_query</c>.</summary>
    public abstract string ResourceType { get; }
}

/// <summary>A node that stands for a table or view. An ephemeral model has a name but no table.</summary>
public abstract record RelationNode(NodeHeader Header, RelationPlace Place) : ManifestNode(Header)
{
    public RelationName Relation => Place.Name;

    /// <summary>The database it is in, where that is not the target's.</summary>
    public string? Database => Place.Database;

    /// <summary>Which parts of its name are quoted where templates print it.</summary>
    public QuotingPolicy Quoting => Place.Quoting;
}

/// <summary>Where a relation is.</summary>
/// <param name="Database">The database, where that is not the target's.</param>
/// <param name="Quoting">Which parts of its name are quoted where templates print it.</param>
public sealed record RelationPlace(RelationName Name, string? Database, QuotingPolicy Quoting);

public sealed record ModelNode(NodeHeader Header, RelationPlace Place) : RelationNode(Header, Place)
{
    public required JinjaTemplate Template { get; init; }

    public required string RawSql { get; init; }

    public bool IsEphemeral => Config.Materialized == "ephemeral";

    /// <summary>The version, for a model that has several; null for one that has none.</summary>
    public ModelVersion? Version { get; init; }

    /// <summary>Who may read it.</summary>
    public ModelAccess Access { get; init; } = ModelAccess.Protected;

    /// <summary>Constraints over the whole table; those of one column are at <see cref="ColumnInfo.Constraints"/>.</summary>
    public IReadOnlyList<NodeConstraint> Constraints { get; init; } = [];

    /// <summary>True if a build must hold the columns against those declared, and give the table its constraints.</summary>
    public bool HasContract =>
        Config["contract"] is JinjaDict contract && contract.TryGet("enforced", out var enforced) && enforced is true;

    public override string ResourceType => "model";
}

public sealed record SeedNode(NodeHeader Header, RelationPlace Place) : RelationNode(Header, Place)
{
    /// <summary>Absolute path of the CSV file.</summary>
    public required string File { get; init; }

    public override string ResourceType => "seed";
}

/// <summary>A table that someone else fills: a landed stream, or a <c>sources:</c> entry.</summary>
public sealed record SourceNode(NodeHeader Header, RelationPlace Place) : RelationNode(Header, Place)
{
    public required string SourceName { get; init; }

    /// <summary>When its data count as too old; null if nobody says.</summary>
    public SourceFreshness? Freshness { get; init; }

    /// <summary>SQL of the instant at which a row was loaded.</summary>
    public string? LoadedAtField { get; init; }

    /// <summary>A query that gives the last instant of loading; stands instead of <see cref="LoadedAtField"/>.</summary>
    public string? LoadedAtQuery { get; init; }

    public string? Loader { get; init; }

    /// <summary>What is said of the source that the table belongs to.</summary>
    public string? SourceDescription { get; init; }

    public override string ResourceType => "source";
}

/// <summary>A test: a query whose rows are failures.</summary>
public sealed record TestNode(NodeHeader Header) : ManifestNode(Header)
{
    /// <summary>The file of a singular test; null for a generic one.</summary>
    public JinjaTemplate? Template { get; init; }

    /// <summary>The generic test; null for a singular one.</summary>
    public GenericTest? Generic { get; init; }

    /// <summary>The text of a singular test's file; empty for a generic one.</summary>
    public string RawSql { get; init; } = "";

    /// <summary>Where failing rows are kept, if they are.</summary>
    public required RelationName FailureRelation { get; init; }

    public TestSettings Settings => new(Config);

    public override string ResourceType => "test";
}

/// <summary>A generic test on a node.</summary>
/// <param name="TestName">Such as <c>not_null</c>, with its package where it was written so.</param>
/// <param name="MacroPackage">The package to look the test up in first; null for any.</param>
/// <param name="TargetId">The node it tests.</param>
/// <param name="ColumnName">The column, for a test of one.</param>
/// <param name="Arguments">The arguments as written, Jinja unrendered.</param>
public sealed record GenericTest(
    string TestName,
    string? MacroPackage,
    string TargetId,
    string? ColumnName,
    JinjaDict Arguments
);

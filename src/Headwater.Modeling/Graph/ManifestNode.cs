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
);

/// <summary>Something in the graph of a project. Immutable past the parser.</summary>
public abstract record ManifestNode
{
    /// <summary>dbt's id: <c>model.package.name</c>.</summary>
    public required string UniqueId { get; init; }

    public required string Name { get; init; }

    public required string Package { get; init; }

    /// <summary>The file that defines it.</summary>
    public required SourceLocation Location { get; init; }

    /// <summary>Path relative to its package, with forward slashes: what <c>path:</c> selects by.</summary>
    public required string Path { get; init; }

    /// <summary>Package, folders and name: what names select by and project config is addressed by.</summary>
    public required IReadOnlyList<string> Fqn { get; init; }

    public string? Description { get; init; }

    public required NodeConfig Config { get; init; }

    public IReadOnlyList<ColumnInfo> Columns { get; init; } = [];

    /// <summary>Unique ids of what it reads, without repetition.</summary>
    public IReadOnlyList<string> DependsOn { get; init; } = [];

    public IReadOnlyList<string> Tags => Config.Tags;

    public JinjaDict Meta => Config.Meta;

    /// <summary>dbt's word: <c>model</c>, <c>seed</c>, <c>source</c>, <c>test</c>.</summary>
    public abstract string ResourceType { get; }
}

/// <summary>A node that stands for a table or view. An ephemeral model has a name but no table.</summary>
public abstract record RelationNode : ManifestNode
{
    public required RelationName Relation { get; init; }
}

public sealed record ModelNode : RelationNode
{
    public required JinjaTemplate Template { get; init; }

    public required string RawSql { get; init; }

    public bool IsEphemeral => Config.Materialized == "ephemeral";

    public override string ResourceType => "model";
}

public sealed record SeedNode : RelationNode
{
    /// <summary>Absolute path of the CSV file.</summary>
    public required string File { get; init; }

    public override string ResourceType => "seed";
}

/// <summary>A table that someone else fills: a landed stream, or a <c>sources:</c> entry.</summary>
public sealed record SourceNode : RelationNode
{
    public required string SourceName { get; init; }

    public override string ResourceType => "source";
}

/// <summary>A test: a query whose rows are failures.</summary>
public sealed record TestNode : ManifestNode
{
    /// <summary>The file of a singular test; null for a generic one.</summary>
    public JinjaTemplate? Template { get; init; }

    /// <summary>The generic test; null for a singular one.</summary>
    public GenericTest? Generic { get; init; }

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

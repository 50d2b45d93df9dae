using Headwater.Kernel.Diagnostics;

namespace Headwater.Modeling.Graph;

/// <summary>What every node of the graph has, whatever its kind: see the members of <see cref="ManifestNode"/>.</summary>
public sealed record NodeHeader
{
    public required string UniqueId { get; init; }

    public required string Name { get; init; }

    public required string Package { get; init; }

    public required SourceLocation Location { get; init; }

    public required string Path { get; init; }

    public required IReadOnlyList<string> Fqn { get; init; }

    public string? Description { get; init; }

    public required NodeConfig Config { get; init; }

    public IReadOnlyList<ColumnInfo> Columns { get; init; } = [];

    public string? PropertiesFile { get; init; }

    public IReadOnlyList<string> DependsOn { get; init; } = [];
}

using Headwater.Kernel.Diagnostics;

namespace Headwater.Modeling.Graph;

/// <summary>Something outside that reads models: a dashboard, a notebook, an application.</summary>
public sealed record ExposureNode(NodeHeader Header) : ManifestNode(Header)
{
    public string? Label { get; init; }

    /// <summary><c>dashboard</c>, <c>notebook</c>, <c>analysis</c>, <c>ml</c> or <c>application</c>.</summary>
    public required string Kind { get; init; }

    public string? Url { get; init; }

    /// <summary><c>low</c>, <c>medium</c>, <c>high</c>, or null.</summary>
    public string? Maturity { get; init; }

    public required NodeOwner Owner { get; init; }

    public override string ResourceType => "exposure";
}

/// <summary>People to ask.</summary>
public sealed record NodeOwner(string? Name, string? Email);

/// <summary>Models that belong together; private ones are read by the others alone.</summary>
public sealed record GroupDefinition(string Name, string Package, NodeOwner Owner, SourceLocation Location)
{
    /// <summary>The properties file, relative to its package.</summary>
    public required string Path { get; init; }

    public string? Description { get; init; }

    /// <summary>dbt's id: <c>group.package.name</c>.</summary>
    public string UniqueId => $"group.{Package}.{Name}";
}

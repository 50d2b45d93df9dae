namespace Headwater.Modeling.Building;

/// <summary>What to build, and how.</summary>
public sealed record BuildOptions
{
    /// <summary>Selections in dbt's syntax; none is everything.</summary>
    public IReadOnlyList<string> Select { get; init; } = [];

    /// <summary>What to leave out, in the same syntax.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>Which kinds of nodes take part: <c>run</c> is models alone, <c>test</c> tests alone.</summary>
    public BuildKinds Kinds { get; init; } = BuildKinds.All;

    /// <summary>True rebuilds incremental models from nothing.</summary>
    public bool FullRefresh { get; init; }

    /// <summary>True publishes each connected part as one transaction; false publishes node by node, as dbt does.</summary>
    public bool Atomic { get; init; } = true;

    /// <summary>True ends the build at the first failure.</summary>
    public bool FailFast { get; init; }
}

[Flags]
public enum BuildKinds
{
    None = 0,
    Models = 1,
    Seeds = 2,
    Tests = 4,
    All = Models | Seeds | Tests,
}

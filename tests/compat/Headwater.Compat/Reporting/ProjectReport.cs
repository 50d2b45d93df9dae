namespace Headwater.Compat.Reporting;

/// <summary>What became of one project on one warehouse.</summary>
internal sealed class ProjectReport(string project, string warehouse)
{
    public string Project { get; } = project;

    public string Warehouse { get; } = warehouse;

    /// <summary>Models, seeds, snapshots, tests, analyses and unit tests that are enabled.</summary>
    public int Nodes { get; set; }

    /// <summary>True if the project parsed without an error.</summary>
    public bool Parsed { get; set; }

    /// <summary>Nodes that dbt compiled.</summary>
    public int Compared { get; set; }

    /// <summary>Nodes whose compiled code is what dbt's is.</summary>
    public int Alike { get; set; }

    /// <summary>Models, seeds and snapshots that a build runs.</summary>
    public int Buildable { get; set; }

    public int Built { get; set; }

    public int TestsPassed { get; set; }

    public int TestsFailed { get; set; }

    /// <summary>Documents that were held against dbt's schemas.</summary>
    public int Artifacts { get; set; }

    /// <summary>Those of them that the schemas allow.</summary>
    public int ArtifactsValid { get; set; }

    /// <summary>Models, seeds, snapshots and sources that dbt's manifest knows.</summary>
    public int Known { get; set; }

    /// <summary>Those of them that <c>state:modified</c> does not select.</summary>
    public int Unmodified { get; set; }

    public List<Failure> Failures { get; } = [];

    public TimeSpan Elapsed { get; set; }

    public int Passed => (Parsed ? 1 : 0) + Alike + Built + TestsPassed + ArtifactsValid + Unmodified;

    public int Failed =>
        (Parsed ? 0 : 1)
        + (Compared - Alike)
        + (Buildable - Built)
        + TestsFailed
        + (Artifacts - ArtifactsValid)
        + (Known - Unmodified);
}

/// <summary>One thing that went wrong.</summary>
/// <param name="Stage"><c>parse</c>, <c>render</c>, <c>build</c>, <c>test</c>, <c>artifact</c> or <c>state</c>.</param>
/// <param name="Cause">What went wrong, without names of nodes, so that alike failures count as one cause.</param>
internal sealed record Failure(string Stage, string Node, string Cause, string Detail);

namespace Headwater.Modeling.Building;

/// <summary>What to build, and how.</summary>
public sealed record BuildOptions
{
    /// <summary>Selections in dbt's syntax; none is everything.</summary>
    public IReadOnlyList<string> Select { get; init; } = [];

    /// <summary>What to leave out, in the same syntax.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>Which tests come along with what is selected.</summary>
    public Selection.IndirectSelection Indirect { get; init; }

    /// <summary>Of what is selected, these unique ids alone; null for all of it.</summary>
    public IReadOnlySet<string>? Only { get; init; }

    /// <summary>Relations of another environment, by unique id: they are read where a node is not built and not there.</summary>
    public IReadOnlyDictionary<string, string> Deferred { get; init; } =
        new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>True reads from the other environment also what is there, where it is not built.</summary>
    public bool FavorState { get; init; }

    /// <summary>The artifacts of an earlier run, which <c>state:</c>, <c>result:</c> and <c>source_status:</c> compare with.</summary>
    public Selection.SelectionState? State { get; init; }

    /// <summary>Which kinds of nodes take part: <c>run</c> is models alone, <c>test</c> tests alone.</summary>
    public BuildKinds Kinds { get; init; } = BuildKinds.All;

    /// <summary>True rebuilds incremental models from nothing.</summary>
    public bool FullRefresh { get; init; }

    /// <summary>True publishes each connected part as one transaction; false publishes node by node, as dbt does.</summary>
    public bool Atomic { get; init; } = true;

    /// <summary>True ends the build at the first failure.</summary>
    public bool FailFast { get; init; }

    /// <summary>True reads no rows: relations are made with their columns alone.</summary>
    public bool Empty { get; init; }

    /// <summary>True keeps failing rows of tests that do not say themselves whether to keep them.</summary>
    public bool StoreFailures { get; init; }

    /// <summary>True keeps what the build replaces, so that it can be rolled back.</summary>
    public bool KeepPrevious { get; init; } = true;

    /// <summary>The word that templates see as <c>flags.WHICH</c>: the command.</summary>
    public string Command { get; init; } = "build";

    /// <summary>The first moment of the batches of microbatch models; null as their config says.</summary>
    public DateTime? EventTimeStart { get; init; }

    /// <summary>The moment at which the batches of microbatch models end; null is now.</summary>
    public DateTime? EventTimeEnd { get; init; }

    /// <summary>The batches to build of a microbatch model that has its table, by unique id; those that are due for all others.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<BatchSpan>> Batches { get; init; } =
        new Dictionary<string, IReadOnlyList<BatchSpan>>(StringComparer.Ordinal);

    /// <summary>Tables that are made from published relations, each with what it reads.</summary>
    public IReadOnlyList<Derived.DerivedTable> Derived { get; init; } = [];

    /// <summary>How long to wait for another build of the same target.</summary>
    public TimeSpan LockWait { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long to try to publish while readers hold what is replaced. No reader waits meanwhile.</summary>
    public TimeSpan PublishWait { get; init; } = TimeSpan.FromMinutes(10);
}

[Flags]
public enum BuildKinds
{
    None = 0,
    Models = 1,
    Seeds = 2,
    Tests = 4,
    Snapshots = 8,
    UnitTests = 16,
    All = Models | Seeds | Tests | Snapshots | UnitTests,
}

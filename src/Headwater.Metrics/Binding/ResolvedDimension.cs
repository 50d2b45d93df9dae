using Headwater.Metrics.Semantics;
using Headwater.Metrics.Time;

namespace Headwater.Metrics.Binding;

/// <summary>One join to the one-side of an entity.</summary>
/// <param name="FromExpression">The key on the side that is already there.</param>
/// <param name="Target">The model joined to.</param>
/// <param name="Entity">The entity on the target: primary, unique or natural.</param>
public sealed record JoinStep(string FromExpression, SemanticModel Target, Entity Entity);

/// <summary>A dimension found from one semantic model.</summary>
/// <param name="Path">Joins to the table that has it; empty if the model itself does.</param>
/// <param name="Owner">The model whose table has it.</param>
/// <param name="Expression">SQL over the owner's table.</param>
/// <param name="Grain">The finest grain of a time; null for a category or an entity.</param>
public sealed record ResolvedDimension(
    IReadOnlyList<JoinStep> Path,
    SemanticModel Owner,
    string Expression,
    Grain? Grain,
    string? Label,
    string? Description
)
{
    public bool IsTime => Grain is not null;

    /// <summary>The time zone that a time is kept in, or null for that of the business.</summary>
    public string? StoredZone { get; init; }

    /// <summary>Whether each join holds for all time and in every partition: the keys alone decide it.</summary>
    public bool IsJoinedByKeysAlone => Path.All(step => step.Target.Validity is null && !step.Target.Partitions.Any());
}

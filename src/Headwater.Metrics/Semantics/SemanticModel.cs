using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Names;
using Headwater.Metrics.Time;

namespace Headwater.Metrics.Semantics;

/// <summary>What one published table means: its keys, its dimensions, and what can be summed over it (dbt's <c>semantic_models</c>).</summary>
/// <param name="ModelName">The model it describes.</param>
/// <param name="Relation">The model's published table.</param>
/// <param name="DefaultTimeDimension">The time of every measure that names no other.</param>
/// <param name="PrimaryEntity">The entity that prefixes its own dimensions.</param>
public sealed record SemanticModel(
    string Name,
    string Package,
    SourceLocation Location,
    string? Description,
    string ModelName,
    RelationName Relation,
    string? DefaultTimeDimension,
    string? PrimaryEntity,
    IReadOnlyList<Entity> Entities,
    IReadOnlyList<Dimension> Dimensions,
    IReadOnlyList<Measure> Measures
)
{
    /// <summary>The dimensions that say during which time a row holds, or null.</summary>
    public Validity? Validity { get; init; }

    /// <summary>The dimensions by which the table is cut into partitions that only join with their like.</summary>
    public IEnumerable<Dimension> Partitions => Dimensions.Where(dimension => dimension.IsPartition);

    public Entity? FindEntity(string name) =>
        Entities.FirstOrDefault(entity => string.Equals(entity.Name, name, StringComparison.OrdinalIgnoreCase));

    public Dimension? FindDimension(string name) =>
        Dimensions.FirstOrDefault(dimension => string.Equals(dimension.Name, name, StringComparison.OrdinalIgnoreCase));
}

/// <summary>During which time a row of a slowly changing dimension (type 2) holds.</summary>
/// <param name="Start">SQL of its first instant.</param>
/// <param name="End">SQL of the first instant after it; empty in rows that still hold.</param>
public sealed record Validity(string Start, string End);

public enum EntityType
{
    Primary,
    Unique,
    Foreign,
    Natural,
}

/// <summary>A key by which tables join. Only a primary, unique or natural one can be joined to: so no join repeats a row.</summary>
/// <param name="Expression">SQL over the table's columns.</param>
public sealed record Entity(string Name, EntityType Type, string Expression)
{
    public bool IsUnique => Type != EntityType.Foreign;
}

/// <summary>Something to group and filter by.</summary>
/// <param name="Expression">SQL over the table's columns.</param>
/// <param name="Grain">The finest grain of a time dimension; null for a category.</param>
public sealed record Dimension(string Name, string Expression, Grain? Grain, string? Label, string? Description)
{
    public bool IsTime => Grain is not null;

    /// <summary>The IANA time zone that a time without zone is kept in, or null for that of the business.</summary>
    public string? StoredZone { get; init; }

    /// <summary>Whether the table is partitioned by it.</summary>
    public bool IsPartition { get; init; }
}

public enum Aggregation
{
    Sum,
    Min,
    Max,
    Count,
    CountDistinct,
    SumBoolean,
    Average,
    Median,
    Percentile,
}

/// <summary>An aggregation over the rows of one table.</summary>
/// <param name="Expression">SQL over the table's columns.</param>
/// <param name="TimeDimension">Name of the time dimension that is <c>metric_time</c> for it.</param>
/// <param name="Percentile">For <see cref="Aggregation.Percentile"/>: 0 to 1.</param>
/// <param name="Discrete">For a percentile: an occurring value, not an interpolated one.</param>
public sealed record Measure(
    string Name,
    Aggregation Aggregation,
    string Expression,
    string? TimeDimension,
    double Percentile,
    bool Discrete,
    string? Label,
    string? Description,
    SourceLocation Location
)
{
    /// <summary>Whether an approximate percentile will do.</summary>
    public bool Approximate { get; init; }

    /// <summary>The time over which it cannot be added, or null.</summary>
    public NonAdditive? NonAdditive { get; init; }
}

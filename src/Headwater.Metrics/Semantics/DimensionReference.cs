using Headwater.Metrics.Time;

namespace Headwater.Metrics.Semantics;

/// <summary>
/// A dimension as queries write it: <c>entity__dimension</c>, <c>entity__entity__dimension</c>, an entity alone, or <c>metric_time</c>; a time
/// may end in its grain, <c>metric_time__month</c>, or in a part of it, <c>metric_time__extract_year</c>.
/// </summary>
/// <param name="EntityPath">Entities to go through, from the measure's table on.</param>
/// <param name="Name">Dimension or entity name.</param>
/// <param name="Grain">The grain asked for, or null.</param>
public sealed record DimensionReference(IReadOnlyList<string> EntityPath, string Name, Grain? Grain) : FilterOperand
{
    public const string MetricTime = "metric_time";

    private const string Extract = "extract_";

    /// <summary>A grain that the project defines, or null. At most one of this, the grain and the part is there.</summary>
    public string? CustomGrain { get; init; }

    /// <summary>The part of the time that is asked for, or null.</summary>
    public DatePart? Part { get; init; }

    public bool IsMetricTime => EntityPath.Count == 0 && Name == MetricTime;

    /// <summary>True if a grain or part says how the time is shown.</summary>
    public bool HasGrain => Grain is not null || CustomGrain is not null || Part is not null;

    public static DimensionReference Parse(string text)
    {
        var parts = text.Trim().ToLowerInvariant().Split("__");
        if (parts.Length == 1)
        {
            return new DimensionReference([], parts[0], null);
        }

        var last = parts[^1];
        return Grains.Find(last) is { } grain ? Of(parts[..^1], grain)
            : last.StartsWith(Extract, StringComparison.Ordinal) && DateParts.Find(last[Extract.Length..]) is { } part
                ? Of(parts[..^1], null) with
                {
                    Part = part,
                }
            : Of(parts, null);
    }

    /// <summary>The name without a grain: what the catalogue lists.</summary>
    public string BaseName => string.Join("__", EntityPath.Append(Name));

    /// <summary>Takes a last name that is one of the project's grains for that grain.</summary>
    public DimensionReference WithCustomGrain(Func<string, bool> isGrain) =>
        HasGrain || EntityPath.Count == 0 || !isGrain(Name)
            ? this
            : new DimensionReference([.. EntityPath.SkipLast(1)], EntityPath[^1], null) { CustomGrain = Name };

    /// <summary>The same dimension without a grain or part.</summary>
    public DimensionReference Bare => HasGrain ? new DimensionReference(EntityPath, Name, null) : this;

    public override string ToString() =>
        Grain is { } grain ? $"{BaseName}__{grain.Name()}"
        : CustomGrain is not null ? $"{BaseName}__{CustomGrain}"
        : Part is { } part ? $"{BaseName}__{Extract}{part.Name()}"
        : BaseName;

    public bool Equals(DimensionReference? other) =>
        other is not null && string.Equals(ToString(), other.ToString(), StringComparison.Ordinal);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(ToString());

    private static DimensionReference Of(string[] parts, Grain? grain) => new(parts[..^1], parts[^1], grain);
}

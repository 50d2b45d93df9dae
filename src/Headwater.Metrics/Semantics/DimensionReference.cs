using Headwater.Metrics.Time;

namespace Headwater.Metrics.Semantics;

/// <summary>
/// A dimension as queries write it: <c>entity__dimension</c>, <c>entity__entity__dimension</c>, an entity alone, or <c>metric_time</c>; a time
/// may end in its grain, <c>metric_time__month</c>.
/// </summary>
/// <param name="EntityPath">Entities to go through, from the measure's table on.</param>
/// <param name="Name">Dimension or entity name.</param>
/// <param name="Grain">The grain asked for, or null.</param>
public sealed record DimensionReference(IReadOnlyList<string> EntityPath, string Name, Grain? Grain)
{
    public const string MetricTime = "metric_time";

    public bool IsMetricTime => EntityPath.Count == 0 && Name == MetricTime;

    public static DimensionReference Parse(string text)
    {
        var parts = text.Trim().ToLowerInvariant().Split("__");
        Grain? grain = null;
        if (parts.Length > 1 && Grains.Find(parts[^1]) is { } last)
        {
            grain = last;
            parts = parts[..^1];
        }

        return new DimensionReference(parts[..^1], parts[^1], grain);
    }

    /// <summary>The name without a grain: what the catalogue lists.</summary>
    public string BaseName => string.Join("__", EntityPath.Append(Name));

    public override string ToString() => Grain is null ? BaseName : $"{BaseName}__{Grain.Value.Name()}";

    public bool Equals(DimensionReference? other) =>
        other is not null && string.Equals(ToString(), other.ToString(), StringComparison.Ordinal);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(ToString());
}

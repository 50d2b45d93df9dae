using Headwater.Kernel.Diagnostics;
using Headwater.Metrics.Time;
using Headwater.Project.Yaml;

namespace Headwater.Metrics.Semantics;

/// <summary>What every metric says about itself.</summary>
/// <param name="Owner">From <c>meta.owner</c>.</param>
/// <param name="Format">From <c>meta.format</c>.</param>
public sealed record MetricHeader(
    string Name,
    string Package,
    SourceLocation Location,
    string? Label,
    string? Description,
    string? Owner,
    string? Format
)
{
    /// <summary>The grain of <c>metric_time</c> where a query names none; null for days, or what its data has.</summary>
    public Grain? DefaultGrain { get; init; }

    /// <summary>The entry that defines it, or null where there is none.</summary>
    public YamlMapping? Entry { get; init; }

    /// <summary>What else the author noted, as text by key.</summary>
    public IReadOnlyDictionary<string, string> Meta { get; init; } = NoMeta;

    private static readonly IReadOnlyDictionary<string, string> NoMeta = new Dictionary<string, string>();
}

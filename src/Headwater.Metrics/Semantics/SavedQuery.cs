using Headwater.Kernel.Diagnostics;
using Headwater.Metrics.Requests;

namespace Headwater.Metrics.Semantics;

/// <summary>A question with a name, and where its answers are to be written.</summary>
public sealed record SavedQuery(
    string Name,
    string Package,
    SourceLocation Location,
    string? Label,
    string? Description,
    MetricRequest Request,
    IReadOnlyList<QueryExport> Exports
);

/// <param name="Name">The name of the export.</param>
/// <param name="ExportAs">table or view.</param>
/// <param name="Alias">The relation's name; null for the export's own.</param>
/// <param name="Schema">The relation's schema; null for the target's.</param>
public sealed record QueryExport(string Name, string ExportAs, string? Alias, string? Schema);

using Headwater.Kernel.Diagnostics;
using Headwater.Metrics.Semantics;
using Headwater.Project.Resources.Access;
using Headwater.Query.Publishing;

namespace Headwater.Query;

/// <summary>What can be known to be wrong with access rules before anyone asks.</summary>
public static class GateChecks
{
    /// <summary>Reports row rules whose dimension no table has (HW5002): they would hide everything.</summary>
    public static void Run(MetricModel metrics, IReadOnlyList<RoleDefinition> roles, DiagnosticBag diagnostics) =>
        Publication.Check(metrics, roles, diagnostics);
}

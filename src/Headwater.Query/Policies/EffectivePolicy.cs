using Headwater.Metrics.Planning;
using Headwater.Project.Resources.Access;

namespace Headwater.Query.Policies;

/// <summary>What one principal may do and see, all its roles taken together. Immutable.</summary>
/// <param name="Permissions">What the roles allow, added up.</param>
/// <param name="Restrictions">Row rules with their values; all hold at once. None means every row.</param>
/// <param name="Fingerprint">Equal for principals who get equal answers; part of every cache key.</param>
internal sealed record EffectivePolicy(
    IReadOnlySet<Permission> Permissions,
    IReadOnlyList<RowRestriction> Restrictions,
    string Fingerprint
)
{
    public bool SeesEveryRow => Restrictions.Count == 0;

    /// <exception cref="Kernel.Diagnostics.DiagnosticException">HW5001.</exception>
    public void Require(Permission permission)
    {
        if (!Permissions.Contains(permission))
        {
            throw QueryDiagnostics.NotPermitted.With(permission.ToString().ToLowerInvariant()).ToException();
        }
    }
}

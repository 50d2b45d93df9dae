using Headwater.Kernel.Names;
using Headwater.Metrics.Planning;
using Headwater.Project.Resources.Access;

namespace Headwater.Query.Policies;

/// <summary>What one principal may do and see, all its roles taken together. Immutable.</summary>
/// <param name="Permissions">What the roles allow, added up.</param>
/// <param name="Access">Row rules with their values, and masks.</param>
/// <param name="Fingerprint">Equal for principals who get equal answers; part of every cache key.</param>
internal sealed record EffectivePolicy(IReadOnlySet<Permission> Permissions, AccessRules Access, string Fingerprint)
{
    /// <summary>True if roles keep no row and no value of any table.</summary>
    public required bool SeesEverything { get; init; }

    /// <summary>Tables that are seen whole, though no rule reaches them.</summary>
    public bool IsUnrestricted(RelationName relation) => Access.IsUnrestricted(relation);

    /// <summary>True if a query may read the relation itself: all its rows are permitted and no column is masked.</summary>
    public bool SeesWhole(RelationName relation) =>
        SeesEverything || ((Access.Rows.Count == 0 || IsUnrestricted(relation)) && Access.Masks.Find(relation) is null);

    /// <exception cref="Kernel.Diagnostics.DiagnosticException">HW5001.</exception>
    public void Require(Permission permission)
    {
        if (!Permissions.Contains(permission))
        {
            throw QueryDiagnostics.NotPermitted.With(permission.ToString().ToLowerInvariant()).ToException();
        }
    }
}

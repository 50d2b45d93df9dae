using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Headwater.Metrics.Planning;
using Headwater.Metrics.Semantics;
using Headwater.Project.Resources.Access;
using Headwater.Query.Masking;

namespace Headwater.Query.Policies;

/// <summary>
/// Works out the policy of a principal. Denied by default: without a defined role nothing is allowed, and a missing or empty attribute permits no
/// row. Permissions of several roles add up; their row rules all hold at once, so that a further role never shows more rows; a column that one of them masks is
/// masked, unless another says that its members see it clear.
/// </summary>
/// <param name="roles">The roles that are defined.</param>
/// <param name="masks">The masks of some roles over what is published.</param>
internal sealed class PolicyResolver(
    IReadOnlyList<RoleDefinition> roles,
    Func<IReadOnlyList<RoleDefinition>, MaskSet> masks
)
{
    private static readonly EffectivePolicy Administrator = new(
        Enum.GetValues<Permission>().ToHashSet(),
        AccessRules.None,
        "everything"
    )
    {
        SeesEverything = true,
    };

    // A session's principal is one object for many requests.
    private readonly ConditionalWeakTable<Principal, EffectivePolicy> _known = [];

    public EffectivePolicy Resolve(Principal principal) =>
        principal.IsAdministrator ? Administrator : _known.GetValue(principal, Build);

    private EffectivePolicy Build(Principal principal)
    {
        var held = roles.Where(role => principal.Roles.Contains(role.Name)).ToList();
        var permissions = held.SelectMany(role => role.Permissions).ToHashSet();
        var restrictions = held.SelectMany(role => role.RowRules)
            .Select(rule => new RowRestriction(
                DimensionReference.Parse(rule.Dimension.Text),
                principal.Attributes.TryGetValue(rule.Attribute.Text, out var values)
                    ? [.. values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]
                    : []
            ))
            .OrderBy(restriction => restriction.Dimension.ToString(), StringComparer.Ordinal)
            .ToList();
        var open = Unrestricted(held);
        var seesEverything = restrictions.Count == 0 && held.TrueForAll(role => role.Masks.Count == 0);
        return new EffectivePolicy(
            permissions,
            new AccessRules(restrictions, masks(held))
            {
                IsUnrestricted = relation => open.Any(pattern => RelationPattern.Matches(pattern, relation)),
            },
            seesEverything ? Administrator.Fingerprint : Fingerprint(restrictions, open, held)
        )
        {
            SeesEverything = seesEverything,
        };
    }

    // Where rules of several roles hold, a table is seen whole only if each role that has rules says so: one role never widens another's rows. Where there
    // are but masks, it is for those who mask to say.
    private static IReadOnlyList<string> Unrestricted(List<RoleDefinition> held)
    {
        var hasRules = held.Exists(role => role.RowRules.Count > 0);
        var lists = held.Where(role => hasRules ? role.RowRules.Count > 0 : role.Masks.Count > 0)
            .Select(role => role.Unrestricted.Select(item => item.Text).ToHashSet(StringComparer.OrdinalIgnoreCase))
            .ToList();
        return lists.Count == 0
            ? []
            :
            [
                .. lists
                    .Aggregate((left, right) => [.. left.Intersect(right, StringComparer.OrdinalIgnoreCase)])
                    .Order(StringComparer.Ordinal),
            ];
    }

    // Lengths are hashed with the texts, so that no two different rules run together into one.
    private static string Fingerprint(
        List<RowRestriction> restrictions,
        IReadOnlyList<string> unrestricted,
        List<RoleDefinition> held
    )
    {
        var text = new StringBuilder();
        Count(restrictions.Count);
        foreach (var restriction in restrictions)
        {
            Append(restriction.Dimension.ToString());
            Count(restriction.Values.Count);
            foreach (var value in restriction.Values)
            {
                Append(value);
            }
        }

        Count(unrestricted.Count);
        foreach (var relation in unrestricted)
        {
            Append(relation);
        }

        var masking = held.SelectMany(role => role.Masks)
            .Select(rule => $"{rule.Method} {rule.Keep} {rule.Target.Kind} {rule.Target.Name.Text}")
            .Concat(held.SelectMany(role => role.Clears).Select(target => $"clear {target.Kind} {target.Name.Text}"))
            .Distinct()
            .Order(StringComparer.Ordinal)
            .ToList();
        Count(masking.Count);
        foreach (var rule in masking)
        {
            Append(rule);
        }

        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())), 0, 16);

        void Append(string value) => text.Append(value.Length).Append(':').Append(value);

        void Count(int count) => text.Append(count).Append('#');
    }
}

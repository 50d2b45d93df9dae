using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Headwater.Metrics.Planning;
using Headwater.Metrics.Semantics;
using Headwater.Project.Resources.Access;

namespace Headwater.Query.Policies;

/// <summary>
/// Works out the policy of a principal. Denied by default: without a defined role nothing is allowed, and a missing or empty attribute permits no
/// row. Permissions of several roles add up; their row rules all hold at once, so that a further role never shows more rows.
/// </summary>
internal sealed class PolicyResolver(IReadOnlyList<RoleDefinition> roles)
{
    private static readonly EffectivePolicy Administrator = new(
        Enum.GetValues<Permission>().ToHashSet(),
        [],
        "every-row"
    );

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
        return new EffectivePolicy(permissions, restrictions, Fingerprint(restrictions));
    }

    // Lengths are hashed with the texts, so that no two different rules run together into one.
    private static string Fingerprint(List<RowRestriction> restrictions)
    {
        if (restrictions.Count == 0)
        {
            return Administrator.Fingerprint;
        }

        var text = new StringBuilder();
        foreach (var restriction in restrictions)
        {
            Append(restriction.Dimension.ToString());
            text.Append(restriction.Values.Count).Append('#');
            foreach (var value in restriction.Values)
            {
                Append(value);
            }
        }

        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())), 0, 16);

        void Append(string value) => text.Append(value.Length).Append(':').Append(value);
    }
}

using System.Collections.Frozen;
using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Names;
using Headwater.Metrics;
using Headwater.Metrics.Binding;
using Headwater.Metrics.Semantics;
using Headwater.Project.Resources.Access;
using Headwater.Query.Masking;
using Headwater.Query.Policies;
using Headwater.Sql.Dialects;
using Headwater.Warehouse.Publication;

namespace Headwater.Query.Publishing;

/// <summary>Everything the gate answers from, as of one build: swapped whole when the next is published. Immutable.</summary>
internal sealed class Publication
{
    public Publication(
        MetricModel metrics,
        IReadOnlyList<RoleDefinition> roles,
        IReadOnlyList<ReachableRelation> relations,
        IReadOnlyList<PublishedProof> proofs,
        IReadOnlyList<PublishedRollup> rollups,
        Func<IReadOnlyList<RoleDefinition>, MaskSet> masks,
        SqlDialect dialect
    )
    {
        Metrics = metrics;
        Catalog = MetricCatalogBuilder.Build(metrics);
        Compiler = new MetricCompiler(metrics, dialect);
        Policies = new PolicyResolver(roles, masks);
        Relations = relations.DistinctBy(relation => relation.Name).ToFrozenDictionary(relation => relation.Name);
        RuleFilter = new RuleFilter(metrics, dialect);
        Proofs = new JoinProofs(proofs);
        Rollups = new RollupsInForce(metrics, Compiler, rollups);
    }

    public MetricModel Metrics { get; }

    public MetricCatalog Catalog { get; }

    public MetricCompiler Compiler { get; }

    public PolicyResolver Policies { get; }

    public RuleFilter RuleFilter { get; }

    public JoinProofs Proofs { get; }

    public RollupsInForce Rollups { get; }

    public FrozenDictionary<RelationName, ReachableRelation> Relations { get; }

    /// <summary>True if who is under a policy may know of a table: one who sees every row of all, else of what every rule reaches.</summary>
    public bool IsVisible(ReachableRelation relation, EffectivePolicy policy) =>
        policy.SeesEverything
        || policy.IsUnrestricted(relation.Name)
        || (!relation.IsRaw && RuleFilter.PermittedRows(relation.Name, policy.Access) is not null);

    /// <summary>The tables whose versions an answer from these relations depends on.</summary>
    public IReadOnlyList<RelationName> Inputs(IReadOnlyList<RelationName> relations)
    {
        var inputs = new HashSet<RelationName>(relations);
        foreach (var relation in relations)
        {
            if (Relations.TryGetValue(relation, out var published))
            {
                inputs.UnionWith(published.Inputs);
            }
        }

        return [.. inputs.OrderBy(relation => relation.ToString(), StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>Reports row rules whose dimension no semantic model has: they would hide everything.</summary>
    public static void Check(MetricModel metrics, IReadOnlyList<RoleDefinition> roles, DiagnosticBag diagnostics)
    {
        var resolver = new DimensionResolver(metrics);
        var known = metrics
            .Models.SelectMany(resolver.Reachable)
            .Select(item => item.Reference.BaseName)
            .ToHashSet(StringComparer.Ordinal);
        foreach (var role in roles)
        {
            foreach (var rule in role.RowRules)
            {
                var name = DimensionReference.Parse(rule.Dimension.Text).BaseName;
                if (!known.Contains(name))
                {
                    diagnostics.Add(
                        QueryDiagnostics
                            .UnknownRuleDimension.At(rule.Dimension.Location, role.Name, name)
                            .Suggesting(name, known)
                    );
                }
            }
        }
    }
}

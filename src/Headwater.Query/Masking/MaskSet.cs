using System.Collections.Frozen;
using Headwater.Kernel.Names;
using Headwater.Project.Resources.Access;
using Headwater.Query.Publishing;
using Headwater.Sql.Masking;

namespace Headwater.Query.Masking;

/// <summary>The masks of one set of roles over the relations of one publication. Immutable.</summary>
internal sealed class MaskSet : IColumnMasks
{
    private static readonly FrozenDictionary<string, MaskMethod> Methods = new Dictionary<string, MaskMethod>
    {
        ["hash"] = MaskMethod.Hash,
        ["partial"] = MaskMethod.Partial,
        ["redact"] = MaskMethod.Redact,
        ["null"] = MaskMethod.Null,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly FrozenDictionary<RelationName, MaskedRelation> _relations;

    private MaskSet(string key, FrozenDictionary<RelationName, MaskedRelation> relations)
    {
        Key = key;
        _relations = relations;
    }

    public static MaskSet Empty { get; } = new("", FrozenDictionary<RelationName, MaskedRelation>.Empty);

    public string Key { get; }

    public MaskedRelation? Find(RelationName relation) => _relations.GetValueOrDefault(relation);

    /// <summary>What the roles of one person mask: a column that one masks is masked, unless another says that it is clear. Of several masks the strongest holds.</summary>
    public static MaskSet Of(
        IReadOnlyList<RoleDefinition> roles,
        IEnumerable<ReachableRelation> relations,
        TagMap tags,
        string key
    )
    {
        var rules = roles.SelectMany(role => role.Masks).ToList();
        if (rules.Count == 0)
        {
            return Empty;
        }

        var clears = roles.SelectMany(role => role.Clears).ToList();
        var masked = new Dictionary<RelationName, MaskedRelation>();
        foreach (var relation in relations)
        {
            var columns = relation
                .Columns.Select(column => new MaskedColumn(
                    column,
                    relation.Families.GetValueOrDefault(column, ColumnFamily.Other),
                    clears.Exists(target => Has(target, column))
                        ? null
                        : Strongest(rules.Where(rule => Has(rule.Target, column)))
                ))
                .ToList();
            if (columns.Exists(column => column.Mask is not null))
            {
                masked[relation.Name] = new MaskedRelation(relation.Name, columns);
            }

            bool Has(MaskTarget target, string column) =>
                tags.Of(relation.Name, column).Contains(NamedTags.For(target));
        }

        return new MaskSet(key, masked.ToFrozenDictionary());
    }

    private static ColumnMask? Strongest(IEnumerable<MaskRule> rules) =>
        rules
            .Select(rule => new ColumnMask(Methods[rule.Method], rule.Keep ?? ColumnMask.DefaultKeep))
            .Aggregate((ColumnMask?)null, (left, right) => left is null ? right : ColumnMask.Stronger(left, right));
}

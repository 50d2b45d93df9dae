using Headwater.Project.Resources.Access;
using Headwater.Query.Publishing;

namespace Headwater.Query.Masking;

/// <summary>Columns and tables that roles name, as tags of their own, so that a mask goes wherever the data go: into views and whatever is made of them.</summary>
internal static class NamedTags
{
    /// <summary>The tag that stands for what a role speaks of.</summary>
    public static string For(MaskTarget target) =>
        target.Kind == MaskTargetKind.Tag ? target.Name.Text : $"{target.Kind} {target.Name.Text}";

    public static IEnumerable<ClassifiedColumn> Of(
        IReadOnlyList<RoleDefinition> roles,
        IReadOnlyList<ReachableRelation> relations
    )
    {
        foreach (
            var target in roles
                .SelectMany(role => role.Masks.Select(rule => rule.Target).Concat(role.Clears))
                .Where(target => target.Kind != MaskTargetKind.Tag)
                .DistinctBy(For)
        )
        {
            var isColumn = target.Kind == MaskTargetKind.Column;
            var dot = target.Name.Text.LastIndexOf('.');
            var table = isColumn && dot > 0 ? target.Name.Text[..dot] : target.Name.Text;
            foreach (var relation in relations.Where(relation => RelationPattern.Matches(table, relation.Name)))
            {
                yield return new ClassifiedColumn(
                    relation.Name,
                    isColumn ? target.Name.Text[(dot + 1)..] : null,
                    [For(target)],
                    []
                );
            }
        }
    }
}

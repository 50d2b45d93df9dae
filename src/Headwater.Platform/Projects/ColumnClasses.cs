using Headwater.Jinja.Values;
using Headwater.Modeling.Graph;
using Headwater.Query.Masking;

namespace Headwater.Platform.Projects;

/// <summary>
/// What a project's properties say of the sensitivity of columns: their <c>tags</c>, those of their model or source, and <c>meta: {declassified: [tag]}</c>
/// where a column no longer is what it was made of.
/// </summary>
internal static class ColumnClasses
{
    private const string Declassified = "declassified";

    public static IReadOnlyList<ClassifiedColumn> Of(Manifest manifest)
    {
        var classes = new List<ClassifiedColumn>();
        foreach (var node in manifest.Nodes.Values.OfType<RelationNode>())
        {
            if (node is ModelNode { IsEphemeral: true })
            {
                continue;
            }

            if (node.Tags.Count > 0)
            {
                classes.Add(new ClassifiedColumn(node.Relation, null, node.Tags, []));
            }

            classes.AddRange(
                node.Columns.Select(column => new ClassifiedColumn(
                        node.Relation,
                        column.Name,
                        column.Tags,
                        Cleared(column.Meta)
                    ))
                    .Where(column => column.Tags.Count + column.Declassified.Count > 0)
            );
        }

        return classes;
    }

    private static IReadOnlyList<string> Cleared(JinjaDict meta) =>
        meta.TryGet(Declassified, out var value)
            ? value switch
            {
                string tag => [tag],
                JinjaList tags => [.. tags.Items.Select(Text.Str)],
                _ => [],
            }
            : [];
}

using Headwater.Jinja.Values;
using Headwater.Modeling.Graph;
using Headwater.Modeling.Parsing;

namespace Headwater.Modeling.Rendering;

/// <summary>The dict that templates see as <c>graph</c>, made when one first asks.</summary>
internal static class GraphValues
{
    public static JinjaDict Of(Manifest manifest, ParsedProject project) =>
        ModulesObject.Dict(
            (
                "nodes",
                Nodes(
                    manifest,
                    project,
                    node => node is not (SourceNode or ExposureNode or UnitTestNode or SemanticNode)
                )
            ),
            ("sources", Nodes(manifest, project, node => node is SourceNode)),
            ("exposures", Nodes(manifest, project, node => node is ExposureNode)),
            ("unit_tests", Nodes(manifest, project, node => node is UnitTestNode)),
            (
                "groups",
                new JinjaDict(
                    manifest.Groups.Select(group =>
                        KeyValuePair.Create(
                            $"group.{group.Package}.{group.Name}",
                            (object?)
                                ModulesObject.Dict(
                                    ("name", group.Name),
                                    ("package_name", group.Package),
                                    (
                                        "owner",
                                        ModulesObject.Dict(("name", group.Owner.Name), ("email", group.Owner.Email))
                                    )
                                )
                        )
                    )
                )
            ),
            ("metrics", Nodes(manifest, project, node => node is MetricNode)),
            ("semantic_models", Nodes(manifest, project, node => node is SemanticModelNode)),
            ("saved_queries", Nodes(manifest, project, node => node is SavedQueryNode))
        );

    private static JinjaDict Nodes(Manifest manifest, ParsedProject project, Func<ManifestNode, bool> belongs) =>
        new(
            manifest
                .Nodes.Values.Where(belongs)
                .OrderBy(node => node.UniqueId, StringComparer.Ordinal)
                .Select(node => KeyValuePair.Create(node.UniqueId, (object?)NodeModels.Of(node, manifest, project)))
        );
}

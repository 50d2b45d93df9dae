using System.Text.Json;
using Headwater.Modeling.Graph;

namespace Headwater.Modeling.Artifacts;

/// <summary>One node in <c>manifest.json</c>. The schema allows no field that it does not name, so each kind writes just its own.</summary>
internal sealed class NodeJson(NodeFields fields)
{
    private readonly QueryNodeJson _queries = new(fields);

    /// <summary>What stands in the section <c>nodes</c>; all others have one of their own.</summary>
    public static bool IsQuery(ManifestNode node) =>
        node is ModelNode or SeedNode or SnapshotNode or AnalysisNode or TestNode;

    public void Write(Utf8JsonWriter json, ManifestNode node)
    {
        NodeFields.Identity(
            json,
            node,
            node is TestNode { Generic: not null } ? node.Name + ".sql"
                : IsQuery(node) ? fields.BelowSetting(node)
                : node.Path
        );
        switch (node)
        {
            case SourceNode source:
                SourceJson.Write(json, source, fields);
                break;
            case ExposureNode exposure:
                ExposureJson.Write(json, exposure, fields);
                break;
            case UnitTestNode test:
                UnitTestJson.Write(json, test, fields);
                break;
            case SemanticNode semantic:
                SemanticJson.Write(json, semantic, fields);
                break;
            case ModelNode model:
                _queries.Write(json, model);
                ModelJson.Write(json, model);
                break;
            case SeedNode seed:
                _queries.WriteSeed(json, seed);
                break;
            case TestNode test:
                _queries.Write(json, test);
                TestJson.Write(json, test);
                break;
            default:
                _queries.Write(json, node);
                break;
        }
    }
}

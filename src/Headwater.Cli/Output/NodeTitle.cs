using Headwater.Modeling.Graph;

namespace Headwater.Cli.Output;

/// <summary>How a node is called for people: versions of one model apart.</summary>
internal static class NodeTitle
{
    public static string Of(ManifestNode node) =>
        node is ModelNode { Version: { } version } ? $"{node.Name}.v{version.Number}" : node.Name;
}

using System.Security.Cryptography;
using System.Text;
using Headwater.Metrics.Explaining;
using Headwater.Modeling.Graph;
using Headwater.Platform.Projects;

namespace Headwater.Platform.Passports;

/// <summary>
/// Versions of definitions: digests of a metric's definition, its inputs and measures, and the SQL of every model that its tables are made from.
/// </summary>
internal static class MetricVersions
{
    /// <summary>The version of each metric of a project. Costs the size of the graph above each.</summary>
    public static Dictionary<string, string> Of(LoadedProject project)
    {
        var manifest = project.Manifest;
        var codes = new Dictionary<string, string>(StringComparer.Ordinal);
        return project.Metrics.Metrics.ToDictionary(metric => metric.Name, Version, StringComparer.Ordinal);

        string Version(Metrics.Semantics.Metric metric)
        {
            var above = DefinitionDigest
                .Models(project.Metrics, metric)
                .Select(model => manifest.FindRef(model.ModelName))
                .OfType<RelationNode>()
                .SelectMany(node => manifest.Graph.Ancestors(node.UniqueId).Append(node.UniqueId))
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal);
            return Digest([DefinitionDigest.Of(project.Metrics, metric), .. above.Select(Code)]);
        }

        string Code(string id)
        {
            if (!codes.TryGetValue(id, out var code))
            {
                codes[id] = code = manifest.Nodes.GetValueOrDefault(id) is ModelNode model
                    ? Digest([id, model.RawSql.ReplaceLineEndings("\n").Trim()])
                    : id;
            }

            return code;
        }
    }

    private static string Digest(IEnumerable<string> parts)
    {
        var text = new StringBuilder();
        foreach (var part in parts)
        {
            text.Append(part.Length).Append(':').Append(part);
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())), 0, 8);
    }
}

using System.Text.Json;
using Headwater.Cli.CommandLine;
using Headwater.Modeling.Graph;
using Headwater.Modeling.Previewing;
using Headwater.Platform.Projects;

namespace Headwater.Cli.Output;

/// <summary>Writes what a build would do: what and why, and what it would change for those who read it.</summary>
internal static class PreviewPrinter
{
    private static readonly string[] Heading = ["part", "node", "what", "why"];
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static void Print(BuildPreview preview, LoadedProject project, OutputFormat format, TextWriter output)
    {
        var metrics = project.MetricsOver(preview.ChangedModels);
        var dashboards = project.DashboardsOver(metrics);
        if (format == OutputFormat.Json)
        {
            var document = new
            {
                parts = preview.Parts.Select(part =>
                    part.Select(node => new
                    {
                        unique_id = node.Node.UniqueId,
                        action = node.Action,
                        reason = node.Reason,
                        relation = node.Relation?.ToString(),
                    })
                ),
                downstream = preview.Downstream.Select(node => node.UniqueId),
                metrics,
                dashboards,
            };
            output.WriteLine(JsonSerializer.Serialize(document, Indented));
            return;
        }

        var rows = new List<string[]> { Heading };
        for (var part = 0; part < preview.Parts.Count; part++)
        {
            rows.AddRange(
                preview
                    .Parts[part]
                    .Select(node =>
                        new[]
                        {
                            $"{part + 1}",
                            $"{node.Node.ResourceType} {NodeTitle.Of(node.Node)}",
                            node.Action,
                            node.Reason,
                        }
                    )
            );
        }

        TextTable.Print(rows, [true, false, false, false], output);
        Line(output, "models that read it", preview.Downstream.Where(node => node is not ExposureNode));
        Line(output, "exposures", preview.Downstream.Where(node => node is ExposureNode));
        Line(output, "metrics", metrics);
        Line(output, "dashboards", dashboards);
    }

    private static void Line(TextWriter output, string what, IEnumerable<ManifestNode> nodes) =>
        Line(output, what, [.. nodes.Select(NodeTitle.Of)]);

    private static void Line(TextWriter output, string what, IReadOnlyList<string> names)
    {
        if (names.Count > 0)
        {
            output.WriteLine($"changes {what}: {string.Join(", ", names)}");
        }
    }
}

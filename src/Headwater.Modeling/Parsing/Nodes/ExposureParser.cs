using Headwater.Jinja.Values;
using Headwater.Kernel.Diagnostics;
using Headwater.Modeling.Graph;
using Headwater.Project.Yaml;

namespace Headwater.Modeling.Parsing;

/// <summary>Makes the nodes of exposures.</summary>
/// <param name="metrics">The metrics by name, whatever its case.</param>
internal sealed class ExposureParser(
    ParsedProject project,
    DraftFactory factory,
    ReferenceResolver references,
    IReadOnlyDictionary<string, MetricNode> metrics,
    DiagnosticBag diagnostics
)
{
    private readonly SpokenReference _spoken = new(project, diagnostics);

    public ExposureNode Read(PropertyEntry entry)
    {
        var reader = entry.Reader;
        var header = new EntryHeaders(factory).Read(entry, $"exposure.{entry.Package}.", "exposures", []);
        var owner = reader.Child("owner");
        var depends = reader.Texts("depends_on").Select(call => Read(call, header)).OfType<string>();
        return new ExposureNode(header with { DependsOn = [.. depends.Distinct(StringComparer.Ordinal)] })
        {
            Label = reader.Text("label"),
            Kind = reader.RequiredText("type").Text,
            Url = reader.Text("url"),
            Maturity = reader.Text("maturity"),
            Owner = new NodeOwner(owner?.Text("name"), owner?.Text("email")),
        };
    }

    private string? Read(LocatedText call, NodeHeader header)
    {
        if (SemanticTexts.MetricOf(call.Text) is { } metric)
        {
            return metrics.GetValueOrDefault(metric)?.UniqueId;
        }

        var reader = new NodeDraft
        {
            ResourceType = "analysis",
            Name = header.Name,
            Package = header.Package,
            Location = header.Location,
            Path = header.Path,
            Fqn = header.Fqn,
            Config = new JinjaDict(),
        };
        return _spoken.Resolve(call, reader, references);
    }
}

using Headwater.Jinja.Values;
using Headwater.Kernel.Diagnostics;
using Headwater.Modeling.Graph;

namespace Headwater.Modeling.Parsing;

/// <summary>Makes the nodes of exposures.</summary>
internal sealed class ExposureParser(
    ParsedProject project,
    DraftFactory factory,
    ReferenceResolver references,
    DiagnosticBag diagnostics
)
{
    private readonly SpokenReference _spoken = new(project, diagnostics);

    public ExposureNode Read(PropertyEntry entry)
    {
        var reader = entry.Reader;
        var name = reader.RequiredText("name");
        IReadOnlyList<string> fqn = [entry.Package, .. entry.Folders, name.Text];
        var written = YamlValues.ConvertMapping(reader.Child("config")?.Mapping, entry.Renderer.Render);
        foreach (var key in (string[])["tags", "meta", "enabled"])
        {
            if (reader.Node(key) is { } value)
            {
                written[key] = YamlValues.Convert(value, entry.Renderer.Render);
            }
        }

        var draft = new NodeDraft
        {
            ResourceType = "analysis",
            Name = name.Text,
            Package = entry.Package,
            Location = name.Location,
            Path = entry.Path,
            Fqn = fqn,
            Config = new JinjaDict(),
        };
        var owner = reader.Child("owner");
        return new ExposureNode
        {
            UniqueId = $"exposure.{entry.Package}.{name.Text}",
            Name = name.Text,
            Package = entry.Package,
            Location = name.Location,
            Path = entry.Path,
            Fqn = fqn,
            Description = reader.LocatedText("description") is { } text
                ? Text.Str(entry.Renderer.Render(text.Text, text.Location)).Trim()
                : null,
            Config = new NodeConfig(factory.Config(entry.Package, fqn, written, null, "exposures")),
            DependsOn =
            [
                .. reader
                    .Texts("depends_on")
                    .Where(call => !call.Text.TrimStart().StartsWith("metric", StringComparison.Ordinal))
                    .Select(call => _spoken.Resolve(call, draft, references))
                    .OfType<string>()
                    .Distinct(StringComparer.Ordinal),
            ],
            Label = reader.Text("label"),
            Kind = reader.RequiredText("type").Text,
            Url = reader.Text("url"),
            Maturity = reader.Text("maturity"),
            Owner = new NodeOwner(owner?.Text("name"), owner?.Text("email")),
        };
    }
}

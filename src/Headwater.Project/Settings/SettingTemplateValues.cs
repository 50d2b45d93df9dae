using Headwater.Kernel.Diagnostics;
using Headwater.Project.Yaml;

namespace Headwater.Project.Settings;

/// <summary>Renders whole parts of a file.</summary>
internal static class SettingTemplateValues
{
    /// <summary>The node with all texts in it rendered, keys aside; the node itself where there is nobody to render it.</summary>
    public static YamlNode Rendered(
        this ISettingTemplates? templates,
        YamlNode node,
        bool givesSecrets,
        DiagnosticBag diagnostics
    ) =>
        (templates, node) switch
        {
            (null, _) => node,
            (_, YamlScalar scalar) => templates.Render(scalar, givesSecrets, diagnostics),
            (_, YamlSequence sequence) => sequence with
            {
                Items = [.. sequence.Items.Select(item => templates.Rendered(item, givesSecrets, diagnostics))],
            },
            (_, YamlMapping mapping) => mapping with
            {
                Entries =
                [
                    .. mapping.Entries.Select(entry =>
                        entry with
                        {
                            Value = templates.Rendered(entry.Value, givesSecrets, diagnostics),
                        }
                    ),
                ],
            },
            _ => node,
        };
}

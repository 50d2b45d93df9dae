using Headwater.Jinja.Values;
using Headwater.Modeling.Graph;
using Headwater.Project.Yaml;

namespace Headwater.Modeling.Parsing;

/// <summary>The headers of nodes that are written whole in a properties file.</summary>
internal sealed class EntryHeaders(DraftFactory factory)
{
    // What may stand at the entry itself instead of below its config.
    private static readonly string[] ConfigKeys = ["tags", "meta", "enabled", "group"];

    /// <param name="entry">The entry.</param>
    /// <param name="idPrefix">The unique id up to the name: <c>exposure.shop.</c></param>
    /// <param name="section">The key of the project file that configures nodes of this kind.</param>
    /// <param name="within">Parts of the address between the folders and the name.</param>
    /// <param name="suffix">What follows the name in the unique id and the address.</param>
    public NodeHeader Read(
        PropertyEntry entry,
        string idPrefix,
        string section,
        IReadOnlyList<string> within,
        string suffix = ""
    )
    {
        var reader = entry.Reader;
        var name = reader.RequiredText("name");
        IReadOnlyList<string> fqn = [entry.Package, .. entry.Folders, .. within, name.Text + suffix];
        var config = YamlValues.ConvertMapping(reader.Child("config")?.Mapping, entry.Renderer.Render);
        foreach (var key in ConfigKeys)
        {
            if (reader.Node(key) is { } value)
            {
                config[key] = YamlValues.Convert(value, entry.Renderer.Render);
            }
        }

        return new NodeHeader
        {
            UniqueId = idPrefix + name.Text + suffix,
            Name = name.Text,
            Package = entry.Package,
            Location = name.Location,
            Path = entry.Path,
            Fqn = fqn,
            Description = reader.LocatedText("description") is { } text
                ? Text.Str(entry.Renderer.Render(text.Text, text.Location))
                : null,
            Config = new NodeConfig(factory.Config(entry.Package, fqn, config, null, section)),
        };
    }
}

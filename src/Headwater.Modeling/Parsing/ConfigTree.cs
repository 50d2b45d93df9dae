using Headwater.Jinja.Values;
using Headwater.Modeling.Rendering;
using Headwater.Project.Packages;
using Headwater.Project.Yaml;

namespace Headwater.Modeling.Parsing;

/// <summary>
/// The config that a <c>dbt_project.yml</c> gives to nodes by their place: keys with <c>+</c> are config, others are folders, and a key
/// that is no folder of the node and no mapping is config too.
/// </summary>
internal sealed class ConfigTree(ProjectPackage package, YamlRenderer renderer)
{
    // Config whose value is a mapping; without a plus it is told from a folder by its name.
    private static readonly HashSet<string> MappingConfigs = new(StringComparer.Ordinal)
    {
        "meta",
        "column_types",
        "persist_docs",
        "grants",
        "docs",
        "contract",
        "pre-hook",
        "post-hook",
    };

    /// <summary>The config for a node, nearest last.</summary>
    /// <param name="section">The keys to look under: <c>models</c>, or <c>data_tests</c> and <c>tests</c>.</param>
    /// <param name="fqn">Package, folders, name.</param>
    public JinjaDict For(IReadOnlyList<string> fqn, params string[] section)
    {
        var config = new JinjaDict();
        foreach (var root in section.Select(key => package.File[key]).OfType<YamlMapping>())
        {
            Apply(config, root, fqn.Count > 0 ? fqn[0] : null);
            var level = root;
            for (var depth = 0; depth < fqn.Count && level[fqn[depth]] is YamlMapping next; depth++)
            {
                level = next;
                Apply(config, level, depth + 1 < fqn.Count ? fqn[depth + 1] : null);
            }
        }

        return config;
    }

    private void Apply(JinjaDict config, YamlMapping level, string? folder)
    {
        var found = new JinjaDict();
        foreach (var entry in level.Entries)
        {
            var key = entry.Key.Text;
            if (key.StartsWith('+'))
            {
                key = key[1..];
            }
            else if (key == folder || (entry.Value is YamlMapping && !MappingConfigs.Contains(key)))
            {
                continue;
            }

            var isHook = key is "pre-hook" or "post-hook" or "pre_hook" or "post_hook";
            found[key] = YamlValues.Convert(entry.Value, isHook ? null : renderer.Render);
        }

        ConfigMerge.Into(config, found);
    }
}

using Headwater.Jinja.Values;
using Headwater.Modeling.Rendering;
using Headwater.Project.Packages;

namespace Headwater.Modeling.Parsing;

/// <summary>Settles the config of nodes: defaults, the package's project file, properties, and for installed packages the project's file over all.</summary>
internal sealed class DraftFactory
{
    private readonly Dictionary<string, ConfigTree> _trees = new(StringComparer.Ordinal);
    private readonly string _root;

    public DraftFactory(IReadOnlyList<ProjectPackage> packages, Func<string, YamlRenderer> renderers)
    {
        _root = packages[^1].Name;
        foreach (var package in packages)
        {
            _trees[package.Name] = new ConfigTree(package, renderers(package.Name));
        }
    }

    public JinjaDict Config(
        string package,
        IReadOnlyList<string> fqn,
        JinjaDict? properties,
        JinjaDict? defaults,
        params string[] section
    )
    {
        var config = defaults ?? new JinjaDict();
        ConfigMerge.Into(config, _trees[package].For(fqn, section));
        if (properties is not null)
        {
            ConfigMerge.Into(config, properties);
        }

        return config;
    }

    /// <summary>What the project says about nodes of its packages, which is stronger than their own <c>config()</c>.</summary>
    public void ApplyProject(NodeDraft draft, params string[] section)
    {
        if (draft.Package != _root)
        {
            ConfigMerge.Into(draft.Config, _trees[_root].For(draft.Fqn, section));
        }
    }

    /// <summary>The same for a node that has no draft.</summary>
    public void ApplyProject(JinjaDict config, string package, IReadOnlyList<string> fqn, params string[] section)
    {
        if (package != _root)
        {
            ConfigMerge.Into(config, _trees[_root].For(fqn, section));
        }
    }
}

using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Names;
using Headwater.Project.Yaml;

namespace Headwater.Project.Settings;

/// <summary>
/// The <c>--set key=value</c> of the command line: dotted keys that lie over the files, for one run. Each reader takes what is its own;
/// <see cref="ReportUnused"/> then names the keys that nobody took.
/// </summary>
public sealed class SettingOverrides
{
    public static readonly SourceLocation CommandLine = new("--set");

    private readonly SortedDictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <param name="values">Values by dotted key.</param>
    /// <param name="folder">The folder that relative paths among them start from.</param>
    public SettingOverrides(IReadOnlyDictionary<string, string> values, string folder)
    {
        Folder = folder;
        foreach (var (key, value) in values)
        {
            _values[key] = value;
        }
    }

    public static SettingOverrides None => new(new Dictionary<string, string>(StringComparer.Ordinal), ".");

    /// <summary>The folder that relative paths among the values start from.</summary>
    public string Folder { get; }

    /// <summary>The values by dotted key, in ordinal order.</summary>
    public IReadOnlyDictionary<string, string> Values => _values;

    /// <summary>
    /// A mapping with every override below <paramref name="prefix"/> laid over it: <c>sources.crm.path=x</c> sets <c>path</c> where the prefix is <c>sources.crm</c>.
    /// </summary>
    public YamlMapping Apply(YamlMapping mapping, string prefix)
    {
        _known.Add(prefix + ".*");
        foreach (var (key, value) in _values)
        {
            if (key.StartsWith(prefix + ".", StringComparison.Ordinal))
            {
                _used.Add(key);
                mapping = Set(mapping, key[(prefix.Length + 1)..].Split('.'), 0, value);
            }
        }

        return mapping;
    }

    public void ReportUnused(DiagnosticBag diagnostics)
    {
        foreach (var key in _values.Keys.Where(key => !_used.Contains(key)))
        {
            diagnostics.Add(
                ProjectDiagnostics.UnknownSetting.At(CommandLine, key) with
                {
                    Hint = NearestName.Hint(key, _known),
                }
            );
        }
    }

    private static YamlMapping Set(YamlMapping mapping, string[] path, int depth, string value)
    {
        if (depth == path.Length - 1)
        {
            return mapping.With(path[depth], new YamlScalar(value, true, CommandLine));
        }

        var child = mapping[path[depth]] as YamlMapping ?? YamlMapping.Empty(CommandLine);
        return mapping.With(path[depth], Set(child, path, depth + 1, value));
    }
}

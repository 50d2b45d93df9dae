using Headwater.Jinja.Values;
using Headwater.Kernel.Diagnostics;
using Headwater.Project.Profiles;

namespace Headwater.Modeling.Parsing;

/// <summary>The dict that templates see as <c>target</c>. What a profile keeps secret is left out.</summary>
internal static class TargetValues
{
    private static readonly string[] Secrets = ["password", "pass", "private_key", "token", "secret"];

    /// <param name="target">The target as written.</param>
    /// <param name="catalog">The name of the database.</param>
    /// <param name="threads">How many nodes may run at once.</param>
    /// <param name="render">Renders the Jinja of a value.</param>
    public static JinjaDict Of(
        ProfileTarget target,
        string catalog,
        int threads,
        Func<string, SourceLocation, object?>? render = null
    )
    {
        var values = new JinjaDict();
        foreach (var entry in target.Output.Entries)
        {
            if (!Secrets.Any(secret => entry.Key.Text.Contains(secret, StringComparison.OrdinalIgnoreCase)))
            {
                values[entry.Key.Text] = YamlValues.Convert(entry.Value, render);
            }
        }

        values["name"] = target.Name;
        values["target_name"] = target.Name;
        values["profile_name"] = target.ProfileName;
        values["type"] = target.Type;
        values["schema"] = Text.Str(values.TryGet("schema", out var schema) ? schema : target.Schema);
        values["database"] = catalog;
        values["dbname"] = catalog;
        values["threads"] = (long)threads;
        return values;
    }

    /// <summary>The same target in another database.</summary>
    public static JinjaDict WithCatalog(JinjaDict target, string catalog)
    {
        var values = target.Copy();
        values["database"] = catalog;
        values["dbname"] = catalog;
        return values;
    }
}

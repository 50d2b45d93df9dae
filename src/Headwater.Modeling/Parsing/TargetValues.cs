using Headwater.Jinja.Values;
using Headwater.Project.Profiles;

namespace Headwater.Modeling.Parsing;

/// <summary>The dict that templates see as <c>target</c>. What a profile keeps secret is left out.</summary>
internal static class TargetValues
{
    private static readonly string[] Secrets = ["password", "pass", "private_key", "token", "secret"];

    public static JinjaDict Of(ProfileTarget target, string catalog, int threads)
    {
        var values = new JinjaDict();
        foreach (var (key, value) in YamlValues.ConvertMapping(target.Output).Items)
        {
            if (!Secrets.Any(secret => Text.Str(key).Contains(secret, StringComparison.OrdinalIgnoreCase)))
            {
                values[key] = value;
            }
        }

        values["name"] = target.Name;
        values["target_name"] = target.Name;
        values["profile_name"] = target.ProfileName;
        values["type"] = target.Type;
        values["schema"] = target.Schema;
        values["database"] = catalog;
        values["dbname"] = catalog;
        values["threads"] = (long)threads;
        return values;
    }
}

using System.Text.Json;
using Headwater.Modeling.Graph;

namespace Headwater.Modeling.Artifacts;

/// <summary>The hooks around a run, which stand among the nodes as operations.</summary>
internal static class OperationJson
{
    public static void WriteAll(Utf8JsonWriter json, Manifest manifest)
    {
        Write(json, manifest, manifest.RunStart, "start");
        Write(json, manifest, manifest.RunEnd, "end");
    }

    private static void Write(Utf8JsonWriter json, Manifest manifest, IReadOnlyList<HookText> hooks, string moment)
    {
        foreach (var package in hooks.GroupBy(hook => hook.Package, StringComparer.Ordinal))
        {
            foreach (var (hook, index) in package.Select((hook, index) => (hook, index)))
            {
                var name = $"{hook.Package}-on-run-{moment}-{index}";
                json.WriteStartObject($"operation.{hook.Package}.{name}");
                json.WriteString("name", name);
                json.WriteString("resource_type", "operation");
                json.WriteString("package_name", hook.Package);
                json.WriteString("path", $"hooks/{name}.sql");
                json.WriteString("original_file_path", "./dbt_project.yml");
                json.WriteString("unique_id", $"operation.{hook.Package}.{name}");
                json.WriteTexts("fqn", [hook.Package, "hooks", name]);
                json.WriteString("database", manifest.Parsed.Catalog);
                json.WriteString("schema", manifest.Parsed.Schema);
                json.WriteString("alias", name);
                json.WriteStartObject("checksum");
                json.WriteString("name", "sha256");
                json.WriteString("checksum", TextDigest.Hash(hook.Sql));
                json.WriteEndObject();
                json.WriteTexts("tags", [$"on-run-{moment}"]);
                json.WriteString("raw_code", hook.Sql);
                json.WriteString("language", "sql");
                json.WriteNumber("index", index);
                json.WriteEndObject();
            }
        }
    }
}

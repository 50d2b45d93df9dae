using System.Text.Json;
using Headwater.Jinja.Values;
using Headwater.Modeling.Graph;
using Headwater.Modeling.Parsing;

namespace Headwater.Modeling.Artifacts;

/// <summary>The section <c>macros</c>: those of the project and its packages. Built-in ones are of no package that others could look into.</summary>
internal static class MacroJson
{
    public static void WriteAll(Utf8JsonWriter json, NodeFields fields)
    {
        var properties = fields
            .Manifest.MacroProperties.GroupBy(macro => (macro.Package, macro.Name))
            .ToDictionary(group => group.Key, group => group.First());
        json.WriteStartObject("macros");
        foreach (var macro in fields.Manifest.Macros.OrderBy(macro => macro.UniqueId, StringComparer.Ordinal))
        {
            json.WriteStartObject(macro.UniqueId);
            Write(json, macro, properties.GetValueOrDefault((macro.Package, macro.Name)), fields);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, MacroEntry macro, MacroProperties? properties, NodeFields fields)
    {
        var path = fields.Package(macro.Package) is { } package
            ? PropertyPaths.Relative(package, macro.Template.File)
            : macro.Template.File;
        json.WriteString("name", macro.Name);
        json.WriteString("resource_type", "macro");
        json.WriteString("package_name", macro.Package);
        json.WriteString("path", path);
        json.WriteString("original_file_path", path);
        json.WriteString("unique_id", macro.UniqueId);
        json.WriteString("macro_sql", macro.Definition.Written);
        json.WriteStartObject("depends_on");
        fields.Macros(json, macro);
        json.WriteEndObject();
        json.WriteString("description", properties?.Description ?? "");
        json.Write("meta", properties?.Meta ?? new JinjaDict());
        json.WriteStartObject("docs");
        json.WriteBoolean("show", properties?.IsShown ?? true);
        json.WriteNull("node_color");
        json.WriteEndObject();
        json.WriteString("patch_path", properties is null ? null : $"{properties.Package}://{properties.Path}");
        json.WriteStartArray("arguments");
        foreach (var argument in properties?.Arguments ?? [])
        {
            json.WriteStartObject();
            json.WriteString("name", argument.Name);
            json.WriteString("type", argument.Type);
            json.WriteString("description", argument.Description);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        fields.Created(json);
        json.WriteNull("supported_languages");
    }
}

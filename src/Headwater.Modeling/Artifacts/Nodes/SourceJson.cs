using System.Text.Json;
using Headwater.Modeling.Graph;

namespace Headwater.Modeling.Artifacts;

/// <summary>A table of a source.</summary>
internal static class SourceJson
{
    public static void Write(Utf8JsonWriter json, SourceNode source, NodeFields fields)
    {
        json.WriteString("database", source.Database ?? fields.Manifest.Parsed.Catalog);
        json.WriteString("schema", source.Relation.Schema);
        json.WriteString("source_name", source.SourceName);
        json.WriteString("source_description", source.SourceDescription ?? "");
        json.WriteString("loader", source.Loader ?? "");
        json.WriteString("identifier", source.Relation.Name);
        json.WriteStartObject("quoting");
        json.WriteBoolean("database", source.Quoting.Database);
        json.WriteBoolean("schema", source.Quoting.Schema);
        json.WriteBoolean("identifier", source.Quoting.Identifier);
        json.WriteNull("column");
        json.WriteEndObject();
        json.WriteString("loaded_at_field", source.LoadedAtField);
        json.WriteString("loaded_at_query", source.LoadedAtQuery);
        Freshness(json, "freshness", source.Freshness);
        json.WriteString("description", source.Description ?? "");
        ContractJson.Columns(json, source);
        json.Write("meta", source.Meta);
        json.WriteTexts("tags", source.Tags);
        NodeFields.Config(json, source);
        fields.Patch(json, source);
        fields.RelationName(json, source);
        fields.Created(json);
    }

    public static void Freshness(Utf8JsonWriter json, string name, SourceFreshness? freshness)
    {
        if (freshness is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        Age(json, "warn_after", freshness.WarnAfter);
        Age(json, "error_after", freshness.ErrorAfter);
        json.WriteString("filter", freshness.Filter);
        json.WriteEndObject();
    }

    private static void Age(Utf8JsonWriter json, string name, FreshnessAge? age)
    {
        if (age is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        json.WriteNumber("count", age.Count);
        json.WriteString("period", age.Period);
        json.WriteEndObject();
    }
}

using System.Text.Json;
using Headwater.Modeling.Graph;

namespace Headwater.Modeling.Artifacts;

/// <summary>The document <c>catalog.json</c>, version 1.</summary>
internal static class CatalogJson
{
    public static void Write(Utf8JsonWriter json, IReadOnlyList<CatalogEntry> entries, ArtifactFolder folder)
    {
        folder.Metadata(json, "catalog/v1");
        Section(json, "nodes", entries.Where(entry => entry.Node is not SourceNode));
        Section(json, "sources", entries.Where(entry => entry.Node is SourceNode));
        json.WriteNull("errors");
    }

    private static void Section(Utf8JsonWriter json, string name, IEnumerable<CatalogEntry> entries)
    {
        json.WriteStartObject(name);
        foreach (var entry in entries)
        {
            json.WriteStartObject(entry.Node.UniqueId);
            json.WriteStartObject("metadata");
            json.WriteString("type", entry.Type);
            json.WriteString("schema", entry.Name.Schema);
            json.WriteString("name", entry.Name.Name);
            json.WriteString("database", entry.Database);
            json.WriteString("comment", entry.Comment);
            json.WriteString("owner", entry.Owner);
            json.WriteEndObject();
            json.WriteStartObject("columns");
            var index = 0;
            foreach (var column in entry.Columns)
            {
                json.WriteStartObject(column.Name);
                json.WriteString("type", column.Type);
                json.WriteNumber("index", ++index);
                json.WriteString("name", column.Name);
                json.WriteString("comment", column.Comment);
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteStartObject("stats");
            json.WriteStartObject("has_stats");
            json.WriteString("id", "has_stats");
            json.WriteString("label", "Has Stats?");
            json.WriteBoolean("value", false);
            json.WriteBoolean("include", false);
            json.WriteString("description", "Indicates whether there are statistics for this table");
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteString("unique_id", entry.Node.UniqueId);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}

using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Headwater.Kernel.Names;

namespace Headwater.Sql.Lineage;

/// <summary>The lineage of a relation as a JSON object: what artifacts hold and what a build keeps.</summary>
public static class LineageJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes one object.</summary>
    public static void Write(Utf8JsonWriter json, RelationLineage lineage)
    {
        json.WriteStartObject();
        json.WriteString("schema", lineage.Relation.Schema);
        json.WriteString("name", lineage.Relation.Name);
        json.WriteString("unique_id", lineage.Node);
        json.WriteStartArray("columns");
        foreach (var column in lineage.Columns)
        {
            json.WriteStartObject();
            json.WriteString("name", column.Name);
            json.WriteBoolean("complete", column.Complete);
            json.WriteStartArray("inputs");
            foreach (var input in column.Inputs)
            {
                json.WriteStartObject();
                Write(json, input.Column);
                json.WriteString("kind", Word(input.Kind));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("filters_on");
        foreach (var column in lineage.FiltersOn)
        {
            json.WriteStartObject();
            Write(json, column);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("gaps");
        foreach (var gap in lineage.Gaps)
        {
            json.WriteStringValue(gap);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>The object as text.</summary>
    public static string Text(RelationLineage lineage)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            Write(json, lineage);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Reads what <see cref="Write(Utf8JsonWriter, RelationLineage)"/> wrote.</summary>
    public static RelationLineage Read(string text)
    {
        using var document = JsonDocument.Parse(text);
        var root = document.RootElement;
        return new RelationLineage(
            new RelationName(root.GetProperty("schema").GetString()!, root.GetProperty("name").GetString()!),
            root.GetProperty("unique_id").GetString()!,
            [.. root.GetProperty("columns").EnumerateArray().Select(ReadColumn)],
            [.. root.GetProperty("filters_on").EnumerateArray().Select(ReadName)],
            [.. root.GetProperty("gaps").EnumerateArray().Select(gap => gap.GetString()!)]
        );
    }

    /// <summary>The word for a kind: <c>condition</c>, <c>copied</c>, <c>transformed</c>, <c>aggregated</c>.</summary>
    public static string Word(InputKind kind) => kind.ToString().ToLowerInvariant();

    private static void Write(Utf8JsonWriter json, ColumnName column)
    {
        json.WriteString("schema", column.Relation.Schema);
        json.WriteString("relation", column.Relation.Name);
        json.WriteString("column", column.Name);
    }

    private static LineageColumn ReadColumn(JsonElement column) =>
        new(
            column.GetProperty("name").GetString()!,
            [
                .. column
                    .GetProperty("inputs")
                    .EnumerateArray()
                    .Select(input => new LineageInput(
                        ReadName(input),
                        Enum.Parse<InputKind>(input.GetProperty("kind").GetString()!, ignoreCase: true)
                    )),
            ],
            column.GetProperty("complete").GetBoolean()
        );

    private static ColumnName ReadName(JsonElement column) =>
        new(
            new RelationName(column.GetProperty("schema").GetString()!, column.GetProperty("relation").GetString()!),
            column.GetProperty("column").GetString()!
        );
}

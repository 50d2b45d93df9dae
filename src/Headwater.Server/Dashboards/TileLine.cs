using System.Buffers;
using System.Text.Json;
using Headwater.Query;
using Headwater.Server.Api;
using Headwater.Server.Problems;

namespace Headwater.Server.Dashboards;

/// <summary>Writes one line of a dashboard's stream. Results are copied as the gate encoded them.</summary>
internal static class TileLine
{
    public static void Write(IBufferWriter<byte> output, TileAnswer answer)
    {
        output.Write("{\"tile\":\""u8);
        WriteAscii(output, answer.Plan.Tile.Id);
        if (answer.Problem is not null)
        {
            output.Write("\",\"problem\":"u8);
            output.Write(JsonSerializer.SerializeToUtf8Bytes(Problem.Of(answer.Problem), ApiJson.Default.Problem));
            output.Write("}\n"u8);
            return;
        }

        output.Write("\",\"table\":"u8);
        output.Write(answer.Main.Answer.Json.Span);
        if (answer.Compared is { } compared)
        {
            output.Write(",\"compare\":{\"label\":\""u8);
            WriteAscii(output, answer.Plan.Compared!.Label);
            output.Write("\",\"table\":"u8);
            output.Write(compared.Answer.Json.Span);
            output.Write("}"u8);
        }

        if (answer.Trend is { } trend)
        {
            output.Write(",\"trend\":"u8);
            output.Write(trend.Answer.Json.Span);
        }

        WriteMeta(output, answer);
        output.Write("}\n"u8);
    }

    /// <summary>The first line: what the filters of the address came to mean.</summary>
    public static void WriteFilters(IBufferWriter<byte> output, FilterSet filters)
    {
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteStartObject("filters");
        if (filters.Time is { } time)
        {
            json.WriteStartObject(FilterSet.MetricTime);
            if (time.Start is { } start)
            {
                json.WriteString("from", $"{start:yyyy-MM-dd}");
            }

            if (time.End is { } end)
            {
                json.WriteString("to", $"{end.AddDays(-1):yyyy-MM-dd}");
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        output.Write("\n"u8);
    }

    public static void WriteEnd(IBufferWriter<byte> output) => output.Write("{\"done\":true}\n"u8);

    private static void WriteMeta(IBufferWriter<byte> output, TileAnswer answer)
    {
        output.Write(",\"meta\":"u8);
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteBoolean("cached", answer.Main.FromCache);
        json.WriteNumber("elapsed_ms", Math.Round(answer.Main.Elapsed.TotalMilliseconds, 2));
        json.WriteStartObject("versions");
        foreach (var version in Versions(answer))
        {
            json.WriteNumber(version.Relation.ToString(), version.Version);
        }

        json.WriteEndObject();
        if (answer.Plan.Unfiltered.Count > 0)
        {
            json.WriteStartArray("unfiltered");
            foreach (var dimension in answer.Plan.Unfiltered)
            {
                json.WriteStringValue(dimension);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.Flush();
    }

    // A figure, its comparison and its trend read the same tables; where a build came between, the oldest is told, and the page asks again.
    private static IEnumerable<RelationVersion> Versions(TileAnswer answer)
    {
        var versions = answer.Main.Answer.Versions;
        return answer.Compared is null && answer.Trend is null
            ? versions
            : versions
                .Concat(answer.Compared?.Answer.Versions ?? [])
                .Concat(answer.Trend?.Answer.Versions ?? [])
                .GroupBy(version => version.Relation)
                .Select(group => group.MinBy(version => version.Version)!);
    }

    private static void WriteAscii(IBufferWriter<byte> output, string text)
    {
        var span = output.GetSpan(text.Length);
        System.Text.Encoding.ASCII.GetBytes(text, span);
        output.Advance(text.Length);
    }
}

using System.Text.Json;
using Headwater.Modeling.Freshness;

namespace Headwater.Modeling.Artifacts;

/// <summary>The document <c>sources.json</c>, version 3.</summary>
internal static class SourcesJson
{
    public static void Write(
        Utf8JsonWriter json,
        IReadOnlyList<FreshnessResult> results,
        TimeSpan elapsed,
        ArtifactFolder folder
    )
    {
        folder.Metadata(json, "sources/v3");
        json.WriteStartArray("results");
        foreach (var result in results)
        {
            json.WriteStartObject();
            Result(json, result);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("elapsed_time", elapsed.TotalSeconds);
    }

    private static void Result(Utf8JsonWriter json, FreshnessResult result)
    {
        json.WriteString("unique_id", result.Source.UniqueId);
        if (result.LoadedAt is not { } loaded)
        {
            // A table that could not be asked, or that is empty, has no age.
            json.WriteString("error", result.Error ?? "the table is empty");
            json.WriteString("status", "runtime error");
            return;
        }

        json.WriteString("max_loaded_at", ArtifactFolder.Instant(loaded));
        json.WriteString("snapshotted_at", ArtifactFolder.Instant(result.CheckedAt));
        json.WriteNumber("max_loaded_at_time_ago_in_s", (result.CheckedAt - loaded).TotalSeconds);
        json.WriteString(
            "status",
            result.Status switch
            {
                FreshnessStatus.Fresh => "pass",
                FreshnessStatus.Warned => "warn",
                _ => "error",
            }
        );
        SourceJson.Freshness(json, "criteria", result.Source.Freshness);
        json.WriteEmpty("adapter_response");
        TimingJson.Write(json, result.CheckedAt, TimeSpan.Zero, result.Elapsed);
        json.WriteString("thread_id", "Thread-1");
        json.WriteNumber("execution_time", result.Elapsed.TotalSeconds);
    }
}

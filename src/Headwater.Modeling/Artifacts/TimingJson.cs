using System.Text.Json;

namespace Headwater.Modeling.Artifacts;

/// <summary>When a node was compiled and when it ran.</summary>
internal static class TimingJson
{
    /// <param name="ended">When it was done.</param>
    /// <param name="compiling">How much of the time went into compiling it; zero for nothing to compile.</param>
    /// <param name="elapsed">The whole time.</param>
    public static void Write(Utf8JsonWriter json, DateTimeOffset ended, TimeSpan compiling, TimeSpan elapsed)
    {
        var started = ended - elapsed;
        json.WriteStartArray("timing");
        Part(json, "compile", started, started + compiling);
        Part(json, "execute", started + compiling, ended);
        json.WriteEndArray();
    }

    private static void Part(Utf8JsonWriter json, string name, DateTimeOffset started, DateTimeOffset completed)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteString("started_at", ArtifactFolder.Instant(started));
        json.WriteString("completed_at", ArtifactFolder.Instant(completed));
        json.WriteEndObject();
    }
}

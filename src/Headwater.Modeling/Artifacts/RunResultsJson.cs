using System.Text.Json;
using Headwater.Modeling.Building;
using Headwater.Modeling.Graph;
using Headwater.Modeling.Rendering;

namespace Headwater.Modeling.Artifacts;

/// <summary>The document <c>run_results.json</c>, version 6.</summary>
internal sealed class RunResultsJson(Manifest manifest, ArtifactFolder folder)
{
    public void Write(Utf8JsonWriter json, BuildResult result, string command)
    {
        folder.Metadata(json, "run-results/v6");
        json.WriteStartArray("results");
        foreach (var outcome in result.Outcomes)
        {
            json.WriteStartObject();
            Outcome(json, outcome);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("elapsed_time", result.Elapsed.TotalSeconds);
        json.WriteStartObject("args");
        json.WriteString("which", command);
        json.WriteEndObject();
    }

    private static string? Unpublished(NodeOutcome outcome) =>
        outcome is { Status: NodeStatus.Success, Node: RelationNode, IsPublished: false }
            ? "built, but not published, because something that is published together with it failed"
            : null;

    // What was skipped took no time.
    private static void Timing(Utf8JsonWriter json, NodeOutcome outcome)
    {
        if (outcome.Status == NodeStatus.Skipped)
        {
            json.WriteEmptyList("timing");
        }
        else
        {
            TimingJson.Write(json, outcome.EndedAt, outcome.Compiling, outcome.Elapsed);
        }
    }

    private static void Batches(Utf8JsonWriter json, BatchResults? batches)
    {
        if (batches is null)
        {
            json.WriteNull("batch_results");
            return;
        }

        json.WriteStartObject("batch_results");
        Spans(json, "successful", batches.Successful);
        Spans(json, "failed", batches.Failed);
        json.WriteEndObject();
    }

    private static void Spans(Utf8JsonWriter json, string name, IReadOnlyList<BatchSpan> batches)
    {
        json.WriteStartArray(name);
        foreach (var batch in batches)
        {
            json.WriteStartArray();
            json.WriteStringValue(ArtifactFolder.Instant(new DateTimeOffset(batch.Start, TimeSpan.Zero)));
            json.WriteStringValue(ArtifactFolder.Instant(new DateTimeOffset(batch.End, TimeSpan.Zero)));
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private void Outcome(Utf8JsonWriter json, NodeOutcome outcome)
    {
        json.WriteString("status", DbtStatus.Of(outcome));
        Timing(json, outcome);
        json.WriteString("thread_id", "Thread-1");
        json.WriteNumber("execution_time", outcome.Elapsed.TotalSeconds);
        json.WriteStartObject("adapter_response");
        if (outcome.Rows is { } rows && outcome.Node is RelationNode)
        {
            json.WriteNumber("rows_affected", rows);
        }

        json.WriteEndObject();
        json.WriteString("message", outcome.Diagnostic?.Message ?? outcome.Reason ?? Unpublished(outcome));
        json.Write("failures", outcome.Node is TestNode or UnitTestNode ? outcome.Rows : null);
        json.WriteString("unique_id", outcome.Node.UniqueId);
        json.Write("compiled", outcome.Node is SeedNode ? null : outcome.CompiledSql is not null);
        json.WriteString("compiled_code", outcome.Node is SeedNode ? null : outcome.CompiledSql);
        json.WriteString(
            "relation_name",
            outcome.Node is RelationNode node
                ? RelationObject.Of(node, manifest.Parsed.Catalog, manifest.Parsed.Dialect).ToString()
                : null
        );
        Batches(json, outcome.Batches);
    }
}

using Headwater.Jinja.Functions;
using Headwater.Jinja.Values;
using Headwater.Modeling.Artifacts;
using Headwater.Modeling.Building;
using Headwater.Modeling.Parsing;

namespace Headwater.Modeling.Rendering;

/// <summary>What became of a node, as <c>on-run-end</c> sees it in <c>results</c>.</summary>
internal sealed class ResultObject(NodeOutcome outcome, BuildRun run) : IJinjaObject
{
    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "node" => NodeModels.Of(outcome.Node, run.Manifest, run.Project, outcome.CompiledSql),
            "unique_id" => outcome.Node.UniqueId,
            "status" => DbtStatus.Of(outcome),
            "message" => outcome.Diagnostic?.Message ?? outcome.Reason ?? "",
            "failures" => outcome.Node is Graph.TestNode ? outcome.Rows : null,
            "execution_time" => outcome.Elapsed.TotalSeconds,
            "thread_id" => "Thread-1",
            "timing" => Timing(),
            "compiled" => outcome.CompiledSql is not null,
            "compiled_code" => outcome.Node is Graph.SeedNode ? null : outcome.CompiledSql,
            "relation_name" => NodeModels.RelationName(outcome.Node, run.Project),
            "adapter_response" => new JinjaDict([KeyValuePair.Create("rows_affected", (object?)outcome.Rows)]),
            "to_dict" => new NativeFunction(name, null, _ => Dict()),
            _ => null,
        };
        return value is not null || name is "failures" or "compiled_code" or "relation_name";
    }

    // What was skipped took no time.
    private object? Timing() =>
        outcome.Status == NodeStatus.Skipped
            ? new JinjaList()
            : NodeModels.Members(json => TimingJson.Write(json, outcome.EndedAt, outcome.Compiling, outcome.Elapsed))[
                "timing"
            ];

    private JinjaDict Dict()
    {
        var dict = new JinjaDict();
        foreach (
            var key in (string[])
                [
                    "status",
                    "unique_id",
                    "message",
                    "failures",
                    "execution_time",
                    "thread_id",
                    "timing",
                    "adapter_response",
                    "compiled",
                    "compiled_code",
                    "relation_name",
                    "node",
                ]
        )
        {
            TryGetAttribute(key, out var value);
            dict[key] = value;
        }

        return dict;
    }
}

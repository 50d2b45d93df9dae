using Headwater.Jinja.Functions;
using Headwater.Jinja.Values;
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
            "node" => NodeModels.Of(outcome.Node, run.Project.Catalog),
            "unique_id" => outcome.Node.UniqueId,
            "status" => DbtStatus.Of(outcome),
            "message" => outcome.Diagnostic?.Message ?? outcome.Reason ?? "",
            "failures" => outcome.Node is Graph.TestNode ? outcome.Rows : null,
            "execution_time" => outcome.Elapsed.TotalSeconds,
            "thread_id" => "Thread-1",
            "timing" => new JinjaList(),
            "adapter_response" => new JinjaDict([KeyValuePair.Create("rows_affected", (object?)outcome.Rows)]),
            "to_dict" => new NativeFunction(name, null, _ => Dict()),
            _ => null,
        };
        return value is not null || name == "failures";
    }

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

using Headwater.Jinja.Functions;
using Headwater.Jinja.Values;

namespace Headwater.Modeling.Rendering;

/// <summary><c>store_result</c> and <c>load_result</c>, which <c>statement</c> blocks use.</summary>
internal static class ResultFunctions
{
    public static NativeFunction Store(RenderContext context) =>
        new(
            "store_result",
            ParameterList.Of("name", "response?", "agate_table?"),
            call =>
            {
                var table = call.Value(2) as QueryResultObject ?? QueryResultObject.Empty;
                context.Results[call.Text(0)] = new JinjaDict([
                    KeyValuePair.Create("response", call.Value(1)),
                    KeyValuePair.Create("data", (object?)new JinjaList(table.Iterate())),
                    KeyValuePair.Create("table", (object?)table),
                ]);
                return "";
            }
        );

    public static NativeFunction Load(RenderContext context) =>
        new("load_result", ParameterList.Of("name"), call => context.Results.GetValueOrDefault(call.Text(0)));
}

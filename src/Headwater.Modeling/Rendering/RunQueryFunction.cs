using Headwater.Jinja.Functions;
using Headwater.Jinja.Values;

namespace Headwater.Modeling.Rendering;

/// <summary><c>run_query(sql)</c>: the rows, or None while parsing.</summary>
internal static class RunQueryFunction
{
    public static NativeFunction Of(RenderContext context) =>
        new(
            "run_query",
            ParameterList.Of("sql"),
            call =>
                context.Database is { } database ? new QueryResultObject(database.Query(Text.Str(call.Value(0)))) : null
        );
}

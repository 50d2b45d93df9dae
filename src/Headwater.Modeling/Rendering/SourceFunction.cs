using Headwater.Jinja.Functions;

namespace Headwater.Modeling.Rendering;

/// <summary><c>source('source', 'table')</c>.</summary>
internal static class SourceFunction
{
    public static NativeFunction Of(RenderContext context) =>
        new(
            "source",
            null,
            call =>
                call.Arguments.Positional.Select(RefFunction.Name).ToList() is [var source, var table]
                    ? context.Host.Source(source, table, call.Context)
                    : throw RefFunction.Wrong("source() takes a source's and a table's name")
        );
}

using Headwater.Jinja.Functions;

namespace Headwater.Modeling.Rendering;

/// <summary><c>doc('block')</c>: the text of a docs block.</summary>
internal static class DocFunction
{
    public static NativeFunction Of(RenderContext context) =>
        new(
            "doc",
            null,
            call =>
            {
                var name = call.Arguments.Positional.Count > 0 ? RefFunction.Name(call.Arguments.Positional[^1]) : "";
                return context.Project.Docs.TryGetValue(name, out var text)
                    ? text
                    : throw RefFunction.Wrong($"there is no docs block '{name}'");
            }
        );
}

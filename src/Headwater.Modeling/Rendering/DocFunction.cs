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
                var given = call.Arguments.Positional;
                var name = given.Count > 0 ? RefFunction.Name(given[^1]) : "";
                var package = given.Count > 1 ? RefFunction.Name(given[0]) : null;
                return context.Project.Docs.Find(name, package, context.Node.Package) is { } block
                    ? block.Text
                    : throw RefFunction.Wrong($"there is no docs block '{name}'");
            }
        );
}

using Headwater.Jinja;
using Headwater.Jinja.Functions;
using Headwater.Jinja.Values;

namespace Headwater.Modeling.Rendering;

/// <summary><c>ref('model')</c> and <c>ref('package', 'model')</c>.</summary>
internal static class RefFunction
{
    public static NativeFunction Of(RenderContext context) =>
        new(
            "ref",
            null,
            call =>
            {
                var names = call.Arguments.Positional.Select(Name).ToList();
                return names switch
                {
                    [var name] => context.Host.Ref(name, null, call.Context),
                    [var package, var name] => context.Host.Ref(name, package, call.Context),
                    _ => throw Wrong("ref() takes a model's name, or a package and a model's name"),
                };
            }
        );

    internal static string Name(object? value) =>
        value as string ?? throw Wrong($"a name must be a text, not {Text.Repr(value)}");

    internal static JinjaFault Wrong(string message) => new(ModelingDiagnostics.RaisedByTemplate.With(message));
}

using Headwater.Jinja;
using Headwater.Jinja.Functions;
using Headwater.Jinja.Values;

namespace Headwater.Modeling.Rendering;

/// <summary><c>ref('model')</c> and <c>ref('package', 'model')</c>, each with <c>v=2</c> for one of several versions.</summary>
internal static class RefFunction
{
    public static NativeFunction Of(RenderContext context) =>
        new(
            "ref",
            null,
            call =>
            {
                var names = call.Arguments.Positional.Select(Name).ToList();
                var version = Version(call);
                return names switch
                {
                    [var name] => context.Host.Ref(name, null, version, call.Context),
                    [var package, var name] => context.Host.Ref(name, package, version, call.Context),
                    _ => throw Wrong("ref() takes a model's name, or a package and a model's name"),
                };
            }
        );

    private static string? Version(NativeCall call)
    {
        foreach (var (key, value) in call.Arguments.Keyword)
        {
            if (key is not ("v" or "version"))
            {
                throw Wrong($"ref() got an unexpected keyword argument '{key}'");
            }

            return value is null ? null : Text.Str(value);
        }

        return null;
    }

    internal static string Name(object? value) =>
        value as string ?? throw Wrong($"a name must be a text, not {Text.Repr(value)}");

    internal static JinjaFault Wrong(string message) => new(ModelingDiagnostics.RaisedByTemplate.With(message));
}

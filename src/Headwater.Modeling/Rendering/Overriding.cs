using Headwater.Jinja.Evaluation;
using Headwater.Jinja.Functions;
using Headwater.Jinja.Values;

namespace Headwater.Modeling.Rendering;

/// <summary>A function whose answer is given for some names, and its own for all others.</summary>
internal sealed class OverridingFunction(IJinjaCallable function, JinjaDict values) : IJinjaCallable
{
    public object? Call(CallContext context, Arguments arguments) =>
        arguments.Positional is [string name, ..] && values.TryGet(name, out var value)
            ? value
            : function.Call(context, arguments);

    /// <summary>A macro that gives a value, whatever it is called with.</summary>
    public static NativeFunction Constant(string name, object? value) => new(name, null, _ => value);
}

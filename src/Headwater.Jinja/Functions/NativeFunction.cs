using System.Text.RegularExpressions;
using Headwater.Jinja.Evaluation;
using Headwater.Jinja.Values;

namespace Headwater.Jinja.Functions;

/// <summary>A function, filter, test or method written in C#.</summary>
/// <param name="Name">The name that messages use.</param>
/// <param name="Parameters">Null to take the arguments as they come.</param>
/// <param name="Body">Does the work.</param>
public sealed record NativeFunction(string Name, ParameterList? Parameters, Func<NativeCall, object?> Body)
    : IJinjaCallable
{
    public object? Call(CallContext context, Arguments arguments) => Invoke(context, null, arguments);

    /// <summary>Calls with a subject: the filtered or tested value, or the object whose method it is.</summary>
    public object? Invoke(CallContext context, object? subject, Arguments arguments)
    {
        try
        {
            var result = Body(new NativeCall(context, subject, arguments, Parameters?.Bind(Name, arguments) ?? []));
            if (result is string text && subject is string && !ReferenceEquals(result, subject))
            {
                Allotment.TakeText(text.Length);
            }

            return result;
        }
        catch (RegexMatchTimeoutException)
        {
            throw JinjaFault.Limit("a regular expression took too long");
        }
        catch (Exception failure) when (failure is OverflowException or ArgumentOutOfRangeException)
        {
            throw JinjaFault.Value($"{Name}(): a value is out of range");
        }
    }

    public override string ToString() => $"<function {Name}>";
}

/// <summary>A method with its object, as in <c>{% set add = items.append %}</c>.</summary>
internal sealed class BoundMethod(NativeFunction function, object? subject) : IJinjaCallable
{
    public object? Call(CallContext context, Arguments arguments) => function.Invoke(context, subject, arguments);

    public override string ToString() => $"<bound method {function.Name}>";
}

using Headwater.Jinja.Evaluation;
using Headwater.Jinja.Values;

namespace Headwater.Jinja.Functions;

/// <summary>One call of a native function: its subject and its arguments, read by place with the type the function wants.</summary>
public sealed class NativeCall
{
    private readonly object?[] _bound;

    internal NativeCall(CallContext context, object? subject, Arguments arguments, object?[] bound)
    {
        (Context, Subject, Arguments, _bound) = (context, subject, arguments, bound);
    }

    public CallContext Context { get; }

    public object? Subject { get; }

    /// <summary>The arguments as they came.</summary>
    public Arguments Arguments { get; }

    /// <summary>True if the argument was given.</summary>
    public bool Has(int index) => !ReferenceEquals(_bound[index], ParameterList.Absent);

    /// <summary>The argument, or null where it was left out.</summary>
    public object? Value(int index) => Has(index) ? _bound[index] : null;

    public string Text(int index, string otherwise = "") =>
        Value(index) switch
        {
            null when !Has(index) => otherwise,
            string text => text,
            JinjaUndefined undefined => throw undefined.Fault(),
            var other => throw JinjaFault.Type($"expected str, got {TypeNames.Of(other)}"),
        };

    /// <summary>A text argument that may be None.</summary>
    public string? OptionalText(int index) => Value(index) is null ? null : Text(index);

    public long Integer(int index, long otherwise = 0) =>
        Value(index) switch
        {
            null when !Has(index) => otherwise,
            long number => number,
            bool flag => flag ? 1 : 0,
            double number when number == Math.Floor(number) => (long)number,
            JinjaUndefined undefined => throw undefined.Fault(),
            var other => throw JinjaFault.Type($"'{TypeNames.Of(other)}' object cannot be interpreted as an integer"),
        };

    /// <summary>A count or width, held between bounds so that no argument asks for more than a template may have.</summary>
    public int Bounded(int index, int otherwise, int low, int high) =>
        (int)Math.Clamp(Integer(index, otherwise), low, high);

    public bool Flag(int index, bool otherwise = false) => Has(index) ? Operators.IsTrue(Value(index)) : otherwise;

    /// <summary>The subject as text, printing what is not text.</summary>
    public string SubjectText() => Values.Text.Str(Subject);

    /// <summary>The subject's items.</summary>
    public IEnumerable<object?> SubjectItems() => Iteration.Over(Subject);
}

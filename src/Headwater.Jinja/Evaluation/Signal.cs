namespace Headwater.Jinja.Evaluation;

/// <summary>How a statement ended.</summary>
internal enum Signal
{
    Normal,
    Break,
    Continue,
    Return,
}

/// <summary>
/// A host function that yields this ends the macro that called it, and the macro's caller gets the value itself instead of text.
/// Works where the call is all of a print, <c>do</c> or <c>set</c>, also through a conditional or another macro's result.
/// </summary>
public sealed class ReturnValue(object? value)
{
    public object? Value { get; } = value;
}

namespace Headwater.Jinja.Values;

/// <summary>How forgiving undefined values are.</summary>
public enum UndefinedBehavior
{
    /// <summary>Jinja's default: prints as nothing and loops as empty; its attributes, items and calls are errors.</summary>
    Default,

    /// <summary>Every attribute, item and call of an undefined value is again undefined: for a first pass that only collects calls.</summary>
    Lenient,

    /// <summary>Printing or testing an undefined value is an error too.</summary>
    Strict,
}

/// <summary>The value of a name, attribute or item that does not exist. Carries the sentence to fail with when it is used.</summary>
public sealed class JinjaUndefined(string message, UndefinedBehavior behavior = UndefinedBehavior.Default)
{
    public string Message { get; } = message;

    public UndefinedBehavior Behavior { get; } = behavior;

    internal bool IsLenient => Behavior == UndefinedBehavior.Lenient;

    internal JinjaFault Fault() => JinjaFault.Undefined(Message);

    public override string ToString() => "";
}

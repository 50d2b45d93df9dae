using Headwater.Jinja.Evaluation;
using Headwater.Jinja.Functions;
using Headwater.Jinja.Values;

namespace Headwater.Jinja.Syntax;

/// <summary>The arguments as written in a call, filter or test.</summary>
public sealed record ArgumentList(
    IReadOnlyList<Expression> Positional,
    IReadOnlyList<NamedArgument> Named,
    Expression? Spread,
    Expression? NamedSpread
)
{
    public static ArgumentList Empty { get; } = new([], [], null, null);

    internal Arguments Evaluate(Frame frame, IJinjaCallable? caller = null)
    {
        if (Positional.Count + Named.Count == 0 && Spread is null && NamedSpread is null && caller is null)
        {
            return Arguments.Empty;
        }

        var positional = new List<object?>(Positional.Count);
        foreach (var argument in Positional)
        {
            positional.Add(argument.Evaluate(frame));
        }

        Dictionary<string, object?>? named = null;
        foreach (var argument in Named)
        {
            (named ??= [])[argument.Name] = argument.Value.Evaluate(frame);
        }

        if (Spread is not null)
        {
            positional.AddRange(Allotment.List(Iteration.Over(Spread.Evaluate(frame))));
        }

        if (NamedSpread?.Evaluate(frame) is { } spread)
        {
            foreach (var (key, value) in NamedOf(spread))
            {
                (named ??= [])[key] = value;
            }
        }

        if (caller is not null)
        {
            (named ??= [])["caller"] = caller;
        }

        return new Arguments(positional, named);
    }

    private static IEnumerable<(string Key, object? Value)> NamedOf(object spread) =>
        spread switch
        {
            JinjaDict dict => dict.Items.Select(pair =>
                (pair.Key as string ?? throw JinjaFault.Type("keywords must be strings"), pair.Value)
            ),
            JinjaUndefined { IsLenient: true } => [],
            _ => throw JinjaFault.Type($"argument after ** must be a mapping, not {TypeNames.Of(spread)}"),
        };
}

public sealed record NamedArgument(string Name, Expression Value);

/// <summary><c>callee(…)</c></summary>
public sealed record Call(Position Position, Expression Callee, ArgumentList Arguments) : Expression(Position)
{
    internal override object? Evaluate(Frame frame) => Invoke(frame, null);

    internal object? Invoke(Frame frame, IJinjaCallable? caller)
    {
        var callee = Callee.Evaluate(frame);
        var arguments = Arguments.Evaluate(frame, caller);
        frame.Node = this;
        return callee switch
        {
            IJinjaCallable callable => callable.Call(frame.Context, arguments),
            JinjaUndefined { IsLenient: true } => callee,
            JinjaUndefined undefined => throw undefined.Fault(),
            _ => throw JinjaFault.Type($"'{TypeNames.Of(callee)}' object is not callable"),
        };
    }
}

/// <summary><c>target|name(…)</c>. The target is null in a filter block, where the block's text is filtered.</summary>
public sealed record Filter(Position Position, Expression? Target, string FilterName, ArgumentList Arguments)
    : Expression(Position)
{
    // Bound while parsing; null for a name that only an untaken branch may mention.
    internal NativeFunction? Function { get; init; }

    internal override object? Evaluate(Frame frame) => Apply(frame, Target!.Evaluate(frame));

    internal object? ApplyToBlock(Frame frame, object? block) =>
        Apply(frame, Target is Filter inner ? inner.ApplyToBlock(frame, block) : block);

    private object? Apply(Frame frame, object? subject)
    {
        var arguments = Arguments.Evaluate(frame);
        frame.Node = this;
        return (Function ?? throw new JinjaFault(JinjaDiagnostics.UnknownFilter.With(FilterName))).Invoke(
            frame.Context,
            subject,
            arguments
        );
    }
}

/// <summary><c>target is name(…)</c></summary>
public sealed record Test(Position Position, Expression Target, string TestName, ArgumentList Arguments)
    : Expression(Position)
{
    internal NativeFunction? Function { get; init; }

    internal override object? Evaluate(Frame frame)
    {
        var subject = Target.Evaluate(frame);
        var arguments = Arguments.Evaluate(frame);
        frame.Node = this;
        return (Function ?? throw new JinjaFault(JinjaDiagnostics.UnknownTest.With(TestName))).Invoke(
            frame.Context,
            subject,
            arguments
        );
    }
}

using Headwater.Jinja.Evaluation;
using Headwater.Jinja.Values;

namespace Headwater.Jinja.Syntax;

public sealed record Name(Position Position, string Identifier) : Expression(Position)
{
    internal override object? Evaluate(Frame frame) => frame.Read(Identifier);
}

/// <summary><c>target.name</c></summary>
public sealed record AttributeAccess(Position Position, Expression Target, string Attribute) : Expression(Position)
{
    internal override object? Evaluate(Frame frame)
    {
        var target = Target.Evaluate(frame);
        frame.Node = this;
        return frame.Soften(Iteration.Attribute(target, Attribute));
    }
}

/// <summary><c>target[key]</c></summary>
public sealed record ItemAccess(Position Position, Expression Target, Expression Key) : Expression(Position)
{
    internal override object? Evaluate(Frame frame)
    {
        var target = Target.Evaluate(frame);
        var key = Key.Evaluate(frame);
        frame.Node = this;
        return frame.Soften(Iteration.Item(target, key));
    }
}

/// <summary><c>target[start:stop:step]</c></summary>
public sealed record SliceAccess(
    Position Position,
    Expression Target,
    Expression? Start,
    Expression? Stop,
    Expression? Step
) : Expression(Position)
{
    internal override object? Evaluate(Frame frame)
    {
        var target = Target.Evaluate(frame);
        var start = Start?.Evaluate(frame);
        var stop = Stop?.Evaluate(frame);
        var step = Step?.Evaluate(frame);
        frame.Node = this;
        return Slicing.Slice(target, start, stop, step);
    }
}

using Headwater.Jinja.Evaluation;
using Headwater.Jinja.Values;

namespace Headwater.Jinja.Syntax;

/// <summary><c>{% if %} … {% elif %} … {% else %} … {% endif %}</c></summary>
public sealed record If(Position Position, IReadOnlyList<Branch> Branches, Block? Otherwise) : Statement(Position)
{
    internal override Signal Execute(Frame frame)
    {
        frame.Step(this);
        foreach (var branch in Branches)
        {
            var condition = branch.Condition.Evaluate(frame);
            frame.Node = this;
            if (Operators.IsTrue(condition))
            {
                return branch.Body.Execute(frame);
            }
        }

        return Otherwise?.Execute(frame) ?? Signal.Normal;
    }
}

public sealed record Branch(Expression Condition, Block Body);

public sealed record Break(Position Position) : Statement(Position)
{
    internal override Signal Execute(Frame frame) => Signal.Break;
}

public sealed record Continue(Position Position) : Statement(Position)
{
    internal override Signal Execute(Frame frame) => Signal.Continue;
}

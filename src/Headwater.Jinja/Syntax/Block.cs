using Headwater.Jinja.Evaluation;

namespace Headwater.Jinja.Syntax;

/// <summary>Statements in order.</summary>
public sealed record Block(Position Position, IReadOnlyList<Statement> Statements) : Statement(Position)
{
    internal override Signal Execute(Frame frame)
    {
        foreach (var statement in Statements)
        {
            var signal = statement.Execute(frame);
            if (signal != Signal.Normal)
            {
                return signal;
            }
        }

        return Signal.Normal;
    }
}

/// <summary>Statements with names of their own.</summary>
public sealed record ScopedBlock(Position Position, Block Body) : Statement(Position)
{
    internal override Signal Execute(Frame frame) => frame.InScope(frame.Output, Body);
}

/// <summary><c>{% with a = 1 %} … {% endwith %}</c></summary>
public sealed record With(
    Position Position,
    IReadOnlyList<AssignTarget> Targets,
    IReadOnlyList<Expression> Values,
    Block Body
) : Statement(Position)
{
    internal override Signal Execute(Frame frame)
    {
        frame.Step(this);
        var values = Values.Select(value => value.Evaluate(frame)).ToList();
        var outer = frame.Enter();
        for (var index = 0; index < values.Count; index++)
        {
            Targets[index].Assign(frame, values[index]);
        }

        var signal = Body.Execute(frame);
        frame.Scope = outer;
        return signal;
    }
}

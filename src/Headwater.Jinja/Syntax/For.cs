using Headwater.Jinja.Evaluation;
using Headwater.Jinja.Values;

namespace Headwater.Jinja.Syntax;

/// <summary><c>{% for target in items if condition recursive %} … {% else %} … {% endfor %}</c></summary>
public sealed record For(
    Position Position,
    AssignTarget Target,
    Expression Items,
    Expression? Condition,
    bool Recursive,
    Block Body,
    Block? Otherwise
) : Statement(Position)
{
    internal override Signal Execute(Frame frame)
    {
        frame.Step(this);
        return Run(frame, Items.Evaluate(frame), 0);
    }

    internal Signal Run(Frame frame, object? items, int depth)
    {
        frame.Node = this;
        var outer = frame.Scope;
        var known = Condition is null ? items : null;
        var loop = new LoopState(this, frame, Selected(frame, items), known, depth);
        var any = false;
        while (loop.MoveNext())
        {
            any = true;
            frame.Step(this);
            frame.Scope = new Scope(outer);
            frame.Scope.Set("loop", loop);
            Target.Assign(frame, loop.Current);
            var signal = Body.Execute(frame);
            frame.Scope = outer;
            if (signal == Signal.Break)
            {
                break;
            }

            if (signal == Signal.Return)
            {
                return signal;
            }
        }

        return any || Otherwise is null ? Signal.Normal : frame.InScope(frame.Output, Otherwise);
    }

    private IEnumerable<object?> Selected(Frame frame, object? items)
    {
        if (Condition is null)
        {
            return Iteration.Over(items);
        }

        return Filtered(frame, Iteration.Over(items));
    }

    private IEnumerable<object?> Filtered(Frame frame, IEnumerable<object?> items)
    {
        foreach (var item in items)
        {
            var outer = frame.Enter();
            Target.Assign(frame, item);
            var keep = Operators.IsTrue(Condition!.Evaluate(frame));
            frame.Scope = outer;
            if (keep)
            {
                yield return item;
            }
        }
    }
}

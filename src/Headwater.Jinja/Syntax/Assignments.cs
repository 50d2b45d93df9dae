using System.Text;
using Headwater.Jinja.Evaluation;
using Headwater.Jinja.Values;

namespace Headwater.Jinja.Syntax;

/// <summary>What can stand left of an assignment.</summary>
public abstract record AssignTarget(Position Position) : SyntaxNode(Position)
{
    internal abstract void Assign(Frame frame, object? value);
}

public sealed record NameTarget(Position Position, string Identifier) : AssignTarget(Position)
{
    internal override void Assign(Frame frame, object? value) => frame.Scope.Set(Identifier, value);
}

/// <summary><c>space.name</c>, for objects made by <c>namespace()</c>.</summary>
public sealed record NamespaceTarget(Position Position, string Namespace, string Attribute) : AssignTarget(Position)
{
    internal override void Assign(Frame frame, object? value)
    {
        var space = frame.Read(Namespace);
        frame.Node = this;
        if (space is not JinjaNamespace target)
        {
            throw (space as JinjaUndefined)?.Fault()
                ?? JinjaFault.Type("cannot assign attribute on non-namespace object");
        }

        target.Attributes[Attribute] = value;
    }
}

public sealed record TupleTarget(Position Position, IReadOnlyList<AssignTarget> Items) : AssignTarget(Position)
{
    internal override void Assign(Frame frame, object? value)
    {
        frame.Node = this;
        var values = Iteration.Over(value).Take(Items.Count + 1).ToList();
        if (values.Count != Items.Count)
        {
            throw JinjaFault.Value(
                values.Count > Items.Count
                    ? $"too many values to unpack (expected {Items.Count})"
                    : $"not enough values to unpack (expected {Items.Count}, got {values.Count})"
            );
        }

        for (var index = 0; index < values.Count; index++)
        {
            Items[index].Assign(frame, values[index]);
        }
    }
}

/// <summary><c>{% set target = value %}</c></summary>
public sealed record Set(Position Position, AssignTarget Target, Expression Value) : Statement(Position)
{
    internal override Signal Execute(Frame frame)
    {
        frame.Step(this);
        var value = Value.Evaluate(frame);
        if (value is ReturnValue returned)
        {
            return frame.Return(returned);
        }

        Target.Assign(frame, value);
        return Signal.Normal;
    }
}

/// <summary><c>{% set target | filter %} … {% endset %}</c></summary>
public sealed record SetBlock(Position Position, AssignTarget Target, Filter? Filter, Block Body) : Statement(Position)
{
    internal override Signal Execute(Frame frame)
    {
        frame.Step(this);
        var output = new StringBuilder();
        var signal = frame.InScope(output, Body);
        if (signal == Signal.Return)
        {
            return signal;
        }

        object? value = output.ToString();
        Target.Assign(frame, Filter is null ? value : Filter.ApplyToBlock(frame, value));
        return signal;
    }
}

using Headwater.Jinja.Evaluation;
using Headwater.Jinja.Values;

namespace Headwater.Jinja.Syntax;

public enum BinaryOperator
{
    Add,
    Subtract,
    Multiply,
    Divide,
    FloorDivide,
    Modulo,
    Power,
}

public sealed record Binary(Position Position, BinaryOperator Operator, Expression Left, Expression Right)
    : Expression(Position)
{
    internal override object? Evaluate(Frame frame)
    {
        var left = Left.Evaluate(frame);
        var right = Right.Evaluate(frame);
        frame.Node = this;
        try
        {
            return Operator switch
            {
                BinaryOperator.Add => Operators.Add(left, right),
                BinaryOperator.Subtract => Operators.Subtract(left, right),
                BinaryOperator.Multiply => Operators.Multiply(left, right),
                BinaryOperator.Divide => Operators.Divide(left, right),
                BinaryOperator.FloorDivide => Operators.FloorDivide(left, right),
                BinaryOperator.Modulo => Operators.Modulo(left, right),
                _ => Operators.Power(left, right),
            };
        }
        catch (Exception failure) when (failure is OverflowException or ArgumentOutOfRangeException)
        {
            // Dates and decimals have ends that Python's do not share.
            throw JinjaFault.Value("the result is out of range");
        }
    }
}

public sealed record Negation(Position Position, Expression Operand) : Expression(Position)
{
    internal override object? Evaluate(Frame frame)
    {
        var operand = Operand.Evaluate(frame);
        frame.Node = this;
        return Operators.Negate(operand);
    }
}

public sealed record Plus(Position Position, Expression Operand) : Expression(Position)
{
    internal override object? Evaluate(Frame frame)
    {
        var operand = Operand.Evaluate(frame);
        frame.Node = this;
        return Operators.Plus(operand);
    }
}

/// <summary><c>a ~ b ~ c</c>: the operands as text, joined.</summary>
public sealed record Concatenation(Position Position, IReadOnlyList<Expression> Operands) : Expression(Position)
{
    internal override object? Evaluate(Frame frame)
    {
        var parts = new string[Operands.Count];
        var length = 0L;
        for (var index = 0; index < parts.Length; index++)
        {
            var value = Operands[index].Evaluate(frame);
            frame.Node = this;
            parts[index] = Text.Str(value);
            length += parts[index].Length;
        }

        Allotment.TakeText(length);
        return string.Concat(parts);
    }
}

public sealed record Not(Position Position, Expression Operand) : Expression(Position)
{
    internal override object? Evaluate(Frame frame)
    {
        var operand = Operand.Evaluate(frame);
        frame.Node = this;
        return !Operators.IsTrue(operand);
    }
}

/// <summary><c>and</c>: the first false operand, else the last.</summary>
public sealed record And(Position Position, Expression Left, Expression Right) : Expression(Position)
{
    internal override object? Evaluate(Frame frame)
    {
        var left = Left.Evaluate(frame);
        frame.Node = this;
        return Operators.IsTrue(left) ? Right.Evaluate(frame) : left;
    }
}

/// <summary><c>or</c>: the first true operand, else the last.</summary>
public sealed record Or(Position Position, Expression Left, Expression Right) : Expression(Position)
{
    internal override object? Evaluate(Frame frame)
    {
        var left = Left.Evaluate(frame);
        frame.Node = this;
        return Operators.IsTrue(left) ? left : Right.Evaluate(frame);
    }
}

/// <summary><c>then if condition else otherwise</c>; undefined without an else.</summary>
public sealed record Conditional(Position Position, Expression Condition, Expression Then, Expression? Otherwise)
    : Expression(Position)
{
    internal override object? Evaluate(Frame frame)
    {
        var condition = Condition.Evaluate(frame);
        frame.Node = this;
        return Operators.IsTrue(condition) ? Then.Evaluate(frame)
            : Otherwise is null
                ? new JinjaUndefined("the inline if-expression evaluated to false and no else section was defined")
            : Otherwise.Evaluate(frame);
    }
}

public enum Comparison
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    In,
    NotIn,
}

/// <summary>A chain such as <c>0 &lt; x &lt;= 9</c>: true if each link is.</summary>
public sealed record Compare(Position Position, Expression First, IReadOnlyList<CompareLink> Links)
    : Expression(Position)
{
    internal override object? Evaluate(Frame frame)
    {
        var left = First.Evaluate(frame);
        foreach (var link in Links)
        {
            var right = link.Operand.Evaluate(frame);
            frame.Node = this;
            if (!Holds(link.Comparison, left, right))
            {
                return false;
            }

            left = right;
        }

        return true;
    }

    private static bool Holds(Comparison comparison, object? left, object? right) =>
        comparison switch
        {
            Comparison.Equal => PythonEquality.AreEqual(left, right),
            Comparison.NotEqual => !PythonEquality.AreEqual(left, right),
            Comparison.Less => Operators.Compare(left, right, "<") < 0,
            Comparison.LessOrEqual => Operators.Compare(left, right, "<=") <= 0,
            Comparison.Greater => Operators.Compare(left, right, ">") > 0,
            Comparison.GreaterOrEqual => Operators.Compare(left, right, ">=") >= 0,
            Comparison.In => Operators.Contains(right, left),
            _ => !Operators.Contains(right, left),
        };
}

public sealed record CompareLink(Comparison Comparison, Expression Operand);

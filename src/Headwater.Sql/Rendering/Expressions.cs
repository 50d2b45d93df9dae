using Headwater.Sql.Parsing;

namespace Headwater.Sql.Rendering;

internal sealed partial class SqlWriter
{
    private void Write(SqlExpression expression) => Write(expression, 0);

    private void Write(SqlExpression expression, int least)
    {
        if (LevelOf(expression) >= least)
        {
            WriteBare(expression);
            return;
        }

        Add("(");
        WriteBare(expression);
        Add(")");
    }

    private int LevelOf(SqlExpression expression) =>
        expression switch
        {
            Binary binary => Precedence.OfOperator(binary.Operator, _duck),
            Unary { Operator: "NOT" } => Precedence.Not,
            Unary { Operator: "-" or "+" } => Precedence.Sign,
            Unary => Precedence.Other,
            IsTest => Precedence.Is,
            PatternMatch or Between or InList or InQuery => Precedence.Pattern,
            Quantified { Operator: var name }
                when name.EndsWith("LIKE", StringComparison.Ordinal)
                    || name.Contains(" TO", StringComparison.Ordinal) => Precedence.Pattern,
            Quantified quantified => Precedence.OfOperator(quantified.Operator, _duck),
            Collate => Precedence.Collation,
            Subscript or Slice or FieldAccess or MethodCall => Precedence.Postfix,
            Lambda => 0,
            _ => Precedence.Primary,
        };

    private void WriteBare(SqlExpression expression)
    {
        switch (expression)
        {
            case Binary binary:
                var level = LevelOf(binary);
                Write(binary.Left, Precedence.IsLonely(level) ? level + 1 : level);
                Add($" {binary.Operator} ");
                Write(binary.Right, level + 1);
                break;
            case Unary unary:
                WriteUnary(unary);
                break;
            case ColumnReference column:
                Write(column.Name);
                break;
            case FunctionCall call:
                Write(call);
                break;
            case Case choice:
                Write(choice);
                break;
            case Cast cast:
                Add(cast.Try ? "TRY_CAST(" : "CAST(");
                Write(cast.Operand);
                Add(" AS ");
                Write(cast.Type);
                Add(")");
                break;
            case Star star:
                Write(star);
                break;
            case Subquery { Query: var query }:
                Parenthesized("", query);
                break;
            case Exists { Query: var query }:
                Parenthesized("EXISTS ", query);
                break;
            case ArrayQuery { Query: var query }:
                Parenthesized("ARRAY", query);
                break;
            default:
                if (!WritePredicate(expression) && !WriteConstant(expression))
                {
                    WriteStructure(expression);
                }

                break;
        }
    }

    private void WriteUnary(Unary unary)
    {
        var spaced = unary.Operator is not ("-" or "+") || unary.Operand is Unary;
        Add(spaced ? unary.Operator + " " : unary.Operator);
        Write(
            unary.Operand,
            unary.Operator switch
            {
                "NOT" => Precedence.Not,
                "-" or "+" => Precedence.Sign,
                _ => Precedence.Other + 1,
            }
        );
    }

    private void Write(Case choice)
    {
        Add("CASE");
        Clause(" ", choice.Operand);
        foreach (var branch in choice.Whens)
        {
            Clause(" WHEN ", branch.Condition);
            Clause(" THEN ", branch.Result);
        }

        Clause(" ELSE ", choice.Else);
        Add(" END");
    }

    private void Parenthesized(string before, Query query)
    {
        Add(before).Add("(");
        Write(query);
        Add(")");
    }
}

using Headwater.Sql.Parsing;

namespace Headwater.Sql.Rendering;

internal sealed partial class SqlWriter
{
    private bool WritePredicate(SqlExpression expression)
    {
        switch (expression)
        {
            case IsTest test:
                Write(test.Operand, Precedence.Is + 1);
                Add(" " + test.Test);
                return true;
            case PatternMatch match:
                Begin(match.Operand, match.Negated, match.Operator);
                Write(match.Pattern, Precedence.Other);
                if (match.Escape is { } escape)
                {
                    Add(" ESCAPE ");
                    Write(escape, Precedence.Other);
                }

                return true;
            case Between between:
                Begin(between.Operand, between.Negated, between.Symmetric ? "BETWEEN SYMMETRIC" : "BETWEEN");
                Write(between.Low, Precedence.Other);
                Add(" AND ");
                Write(between.High, Precedence.Other);
                return true;
            case InQuery query:
                Begin(query.Operand, query.Negated, "IN");
                Parenthesized("", query.Query);
                return true;
            case InList { Parenthesized: true } list:
                Begin(list.Operand, list.Negated, "IN");
                InParentheses(list.Items, Write);
                return true;
            case InList list:
                Begin(list.Operand, list.Negated, "IN");
                Write(list.Items[0], Precedence.Postfix);
                return true;
            case Quantified quantified:
                Write(quantified.Operand, LevelOf(quantified) + 1);
                Add($" {quantified.Operator} {quantified.Quantifier} ");
                Write(quantified.Over, quantified.Over is Subquery ? 0 : int.MaxValue);
                return true;
            case Collate collate:
                Write(collate.Operand, Precedence.Collation);
                Add(" COLLATE ");
                Write(collate.Collation);
                return true;
            default:
                return false;
        }
    }

    private void Begin(SqlExpression operand, bool negated, string words)
    {
        Write(operand, Precedence.Pattern + 1);
        Add(negated ? $" NOT {words} " : $" {words} ");
    }
}

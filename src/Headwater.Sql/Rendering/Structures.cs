using System.Diagnostics;
using Headwater.Sql.Parsing;

namespace Headwater.Sql.Rendering;

internal sealed partial class SqlWriter
{
    private void WriteStructure(SqlExpression expression)
    {
        switch (expression)
        {
            case Extract extract:
                Add($"EXTRACT({dialect.Literal(extract.Field)} FROM ");
                Write(extract.Operand);
                Add(")");
                break;
            case KeywordCall call:
                Write(call);
                break;
            case RowValue row:
                Add(row.Keyword ? "ROW" : "");
                InParentheses(row.Items, Write);
                break;
            case ArrayLiteral array:
                Add(array.Keyword ? "ARRAY[" : "[");
                Separated(array.Items, Write);
                Add("]");
                break;
            case StructLiteral structure:
                Add("{");
                Separated(
                    structure.Fields,
                    field =>
                    {
                        Add(dialect.Literal(field.Name.Text) + ": ");
                        Write(field.Value);
                    }
                );
                Add("}");
                break;
            case MapLiteral map:
                Add("MAP {");
                Separated(
                    map.Entries,
                    entry =>
                    {
                        Write(entry.Key);
                        Add(": ");
                        Write(entry.Value);
                    }
                );
                Add("}");
                break;
            case Lambda lambda:
                Add("LAMBDA ");
                Separated(lambda.Parameters, Write);
                Add(": ");
                Write(lambda.Body);
                break;
            case ListComprehension list:
                Write(list);
                break;
            default:
                WriteAccess(expression);
                break;
        }
    }

    private void Write(ListComprehension list)
    {
        Add("[");
        Write(list.Result);
        Add(" FOR ");
        Separated(list.Variables, Write);
        Clause(" IN ", list.Source);
        Clause(" IF ", list.Condition);
        Add("]");
    }

    private void WriteAccess(SqlExpression expression)
    {
        switch (expression)
        {
            case Subscript subscript:
                WriteOwner(subscript.Operand, field: false);
                Add("[");
                Write(subscript.Index);
                Add("]");
                break;
            case Slice slice:
                WriteOwner(slice.Operand, field: false);
                Add("[");
                Clause("", slice.From);
                Add(slice.To is null && slice.Step is not null ? ":-" : ":");
                Clause("", slice.To);
                Clause(":", slice.Step);
                Add("]");
                break;
            case FieldAccess access:
                WriteOwner(access.Operand, field: true);
                Add(".");
                Write(access.Field);
                break;
            case MethodCall call:
                WriteOwner(call.Operand, field: true);
                Add(".");
                Write(call.Call);
                break;
            default:
                throw new UnreachableException($"A {expression.GetType().Name} is not written.");
        }
    }

    // A name would swallow its field, and a number its dot. PostgreSQL takes little else without parentheses.
    private void WriteOwner(SqlExpression operand, bool field)
    {
        var bare = operand switch
        {
            ColumnReference => !field,
            Parameter or Subscript or Slice or FieldAccess => true,
            Literal { Kind: LiteralKind.Number } => false,
            _ => _duck,
        };
        Write(operand, bare ? Precedence.Postfix : int.MaxValue);
    }

    private void Write(KeywordCall call)
    {
        Add(call.Name.ToUpperInvariant()).Add("(");
        Separated(
            call.Arguments,
            argument =>
            {
                Add(argument.Keyword);
                if (argument.Value is { } value)
                {
                    Add(argument.Keyword.Length > 0 ? " " : "");
                    Write(value, call.Name == "position" && argument.Keyword.Length == 0 ? Precedence.Other : 0);
                }
            },
            " "
        );
        Add(")");
    }
}

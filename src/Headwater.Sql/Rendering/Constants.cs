namespace Headwater.Sql.Rendering;

internal sealed partial class SqlWriter
{
    private bool WriteConstant(SqlExpression expression)
    {
        switch (expression)
        {
            case Literal literal:
                Add(
                    literal.Kind switch
                    {
                        LiteralKind.Number => literal.Value,
                        LiteralKind.Text => dialect.Literal(literal.Value),
                        LiteralKind.Bits => "B" + dialect.Literal(literal.Value),
                        LiteralKind.Bytes => "X" + dialect.Literal(literal.Value),
                        _ => literal.Kind.ToString().ToUpperInvariant(),
                    }
                );
                return true;
            case TypedLiteral typed:
                Write(typed.Type);
                Add(" " + dialect.Literal(typed.Value));
                return true;
            case IntervalLiteral interval:
                var bare = interval.Amount is Literal { Kind: LiteralKind.Text or LiteralKind.Number };
                Add("INTERVAL ");
                Write(interval.Amount, bare || interval.Amount is Subquery or RowValue ? 0 : int.MaxValue);
                Add(interval.Unit.Length == 0 ? "" : " " + interval.Unit.ToUpperInvariant());
                return true;
            case Parameter parameter:
                Add(parameter.Name.Length == 0 ? "?" : "$" + parameter.Name);
                return true;
            case KeywordValue value:
                Add(value.Name.ToUpperInvariant());
                return true;
            case PositionalReference reference:
                Add("#" + reference.Number);
                return true;
            default:
                return false;
        }
    }

    private void Write(TypeName type)
    {
        Write(type.Name);
        if (type.Fields.Count > 0)
        {
            InParentheses(
                type.Fields,
                field =>
                {
                    if (field.Name is { } name)
                    {
                        Write(name);
                        Add(" ");
                    }

                    Write(field.Type);
                }
            );
        }
        else if (type.Modifiers.Count > 0)
        {
            InParentheses(type.Modifiers, Write);
        }

        Add(type.Suffix.Length == 0 ? "" : " " + type.Suffix);
        foreach (var dimension in type.Dimensions)
        {
            Add($"[{dimension}]");
        }
    }
}

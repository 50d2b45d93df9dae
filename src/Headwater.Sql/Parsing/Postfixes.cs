using Headwater.Sql.Lexing;

namespace Headwater.Sql.Parsing;

internal sealed partial class QueryReader
{
    private SqlExpression ReadPostfix()
    {
        var parenthesized = IsSymbol("(");
        var value = ReadPrimary();
        while (true)
        {
            var start = value.Position;
            if (TakeSymbol("::"))
            {
                value = new Cast(value, ReadType(), false) { Position = start };
            }
            else if (IsSymbol("["))
            {
                value = ReadSubscript(value) with { Position = start };
            }
            else if (IsSymbol(".") && (parenthesized || value is not ColumnReference))
            {
                value = ReadAccess(value) with { Position = start };
            }
            else
            {
                return value;
            }

            Grow(1);
        }
    }

    private SqlExpression ReadSubscript(SqlExpression value)
    {
        RequireSymbol("[");
        var from = IsSymbol(":") ? null : ReadExpression();
        if (from is not null && TakeSymbol("]"))
        {
            return new Subscript(value, from);
        }

        RequireSymbol(":");
        if (IsSymbol("-") && SymbolAt(1, ":"))
        {
            _at++;
        }

        var to = IsSymbol("]") || IsSymbol(":") ? null : ReadExpression();
        var step = TakeSymbol(":") && !IsSymbol("]") ? ReadExpression() : null;
        RequireSymbol("]");
        return new Slice(value, from, to, step);
    }

    private SqlExpression ReadAccess(SqlExpression value)
    {
        RequireSymbol(".");
        if (TakeSymbol("*"))
        {
            return new FieldAccess(value, new Identifier("*", false));
        }

        var name = ReadLabel();
        return IsSymbol("(")
            ? new MethodCall(value, ReadCall(new QualifiedName([name]) { Position = name.Position }))
            : new FieldAccess(value, name);
    }
}

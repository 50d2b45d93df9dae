namespace Headwater.Sql.Parsing;

internal sealed partial class QueryReader
{
    private TableExpression ReadJoins(TableExpression left)
    {
        while (StartsJoin() || StartsPivot())
        {
            left = StartsPivot() ? ReadPivot(left) : ReadJoin(left);
            Grow(1);
        }

        return left;
    }

    private bool StartsJoin() =>
        Now.Keyword switch
        {
            "JOIN" or "INNER" or "LEFT" or "RIGHT" or "FULL" or "CROSS" or "NATURAL" => true,
            "SEMI" or "ANTI" or "POSITIONAL" or "ASOF" => _duck,
            _ => false,
        };

    private Join ReadJoin(TableExpression left)
    {
        var natural = Take("NATURAL");
        var asOf = _duck && Take("ASOF");
        var kind = ReadJoinKind();
        Require("JOIN");
        var join = new Join(left, kind, ReadTablePrimary())
        {
            Natural = natural,
            AsOf = asOf,
            Position = left.Position,
        };
        if (natural || kind is JoinKind.Cross or JoinKind.Positional)
        {
            return join;
        }

        if (!Is("ON") && !Is("USING") && StartsJoin())
        {
            // a JOIN b JOIN c ON … ON …: the inner pair comes first.
            join = join with
            {
                Right = Nested<TableExpression>(() => ReadJoin(join.Right)),
            };
        }

        if (Take("ON"))
        {
            return join with { On = ReadExpression() };
        }

        if (Is("USING") && SymbolAt(1, "("))
        {
            _at++;
            return join with { Using = InParentheses(() => ReadName("a column")) };
        }

        // DuckDB takes a join without a condition for a cross join.
        return _duck ? join : throw Expected("ON or USING");
    }

    private JoinKind ReadJoinKind()
    {
        var kind = Now.Keyword switch
        {
            "LEFT" => JoinKind.Left,
            "RIGHT" => JoinKind.Right,
            "FULL" => JoinKind.Full,
            "CROSS" => JoinKind.Cross,
            "SEMI" => JoinKind.Semi,
            "ANTI" => JoinKind.Anti,
            "POSITIONAL" => JoinKind.Positional,
            _ => JoinKind.Inner,
        };
        if (kind != JoinKind.Inner || Is("INNER"))
        {
            _at++;
        }

        _ = kind is JoinKind.Left or JoinKind.Right or JoinKind.Full && Take("OUTER");
        return kind;
    }
}

namespace Headwater.Sql.Parsing;

internal sealed partial class QueryReader
{
    // A percent sign before the end of the clause is no operator.
    private bool TakePercent() =>
        Take("PERCENT")
        || (
            (Ahead(1).IsEnd || SymbolAt(1, ")") || SymbolAt(1, ";") || IsAhead(1, "OFFSET") || IsAhead(1, "UNION"))
            && TakeSymbol("%")
        );

    private RowBounds? ReadBounds()
    {
        var start = Here;
        SqlExpression? limit = null;
        SqlExpression? offset = null;
        var (any, percent, ties) = (false, false, false);
        while (true)
        {
            if (Take("LIMIT"))
            {
                limit = Take("ALL") ? null : ReadExpression(_duck ? Precedence.Power : 0);
                percent = _duck && TakePercent();
                if (_duck && !percent && limit is { } factor)
                {
                    limit = Nested(() => ClimbFrom(factor, 0));
                }
            }
            else if (Take("OFFSET"))
            {
                offset = ReadExpression();
                _ = Take("ROW") || Take("ROWS");
            }
            else if (Take("FETCH"))
            {
                _ = Take("FIRST") || Take("NEXT");
                limit = Is("ROW") || Is("ROWS") ? new Literal(LiteralKind.Number, "1") : ReadExpression();
                _ = Take("ROW") || Take("ROWS");
                ties = Take("WITH", "TIES");
                if (!ties)
                {
                    Require("ONLY");
                }
            }
            else
            {
                return any && (limit is not null || offset is not null)
                    ? new RowBounds(limit, offset, percent, ties) { Position = start }
                    : null;
            }

            any = true;
        }
    }
}

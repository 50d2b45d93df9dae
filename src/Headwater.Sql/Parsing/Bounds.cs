namespace Headwater.Sql.Parsing;

internal sealed partial class QueryReader
{
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
                // Above products, so that DuckDB's percent sign is not taken for one.
                limit = Take("ALL") ? null : ReadExpression(_duck ? Precedence.Power : 0);
                percent = _duck && (TakeSymbol("%") || Take("PERCENT"));
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

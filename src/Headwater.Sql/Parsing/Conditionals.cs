namespace Headwater.Sql.Parsing;

internal sealed partial class QueryReader
{
    private Case ReadCase()
    {
        Require("CASE");
        var operand = Is("WHEN") ? null : ReadExpression();
        var whens = new List<When>();
        while (Is("WHEN"))
        {
            var start = Here;
            _at++;
            var condition = ReadExpression();
            Require("THEN");
            whens.Add(new When(condition, ReadExpression()) { Position = start });
        }

        if (whens.Count == 0)
        {
            throw Expected("WHEN");
        }

        var otherwise = Take("ELSE") ? ReadExpression() : null;
        Require("END");
        return new Case(operand, [.. whens], otherwise);
    }

    private Cast ReadCast()
    {
        var attempt = Next().Keyword == "TRY_CAST";
        RequireSymbol("(");
        var operand = ReadExpression();
        Require("AS");
        var type = ReadType();
        RequireSymbol(")");
        return new Cast(operand, type, attempt);
    }
}

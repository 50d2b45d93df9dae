namespace Headwater.Sql.Parsing;

internal sealed partial class QueryReader
{
    private SqlExpression ReadIs(SqlExpression left)
    {
        if (Take("ISNULL"))
        {
            return new IsTest(left, "IS NULL");
        }

        if (Take("NOTNULL") || Take("NOT", "NULL"))
        {
            return new IsTest(left, "IS NOT NULL");
        }

        Require("IS");
        var not = Take("NOT") ? "IS NOT" : "IS";
        if (Take("DISTINCT", "FROM"))
        {
            return new Binary(left, $"{not} DISTINCT FROM", ReadExpression(Precedence.Is + 1));
        }

        if (
            Is("JSON")
            || Is("DOCUMENT")
            || Is("NORMALIZED")
            || Is("UNKNOWN")
            || Is("NULL")
            || Is("TRUE")
            || Is("FALSE")
        )
        {
            var test = $"{not} {Next().Keyword}";
            return
                test.EndsWith("JSON", StringComparison.Ordinal)
                && Now.Keyword is "VALUE" or "ARRAY" or "OBJECT" or "SCALAR"
                ? new IsTest(left, $"{test} {Next().Keyword}")
                : new IsTest(left, test);
        }

        throw Expected("NULL, TRUE, FALSE, UNKNOWN or DISTINCT FROM");
    }

    private SqlExpression ReadPredicate(SqlExpression left)
    {
        var negated = Take("NOT");
        if (Take("IN"))
        {
            return ReadIn(left, negated);
        }

        if (Take("BETWEEN"))
        {
            var symmetric = Take("SYMMETRIC");
            _ = symmetric || Take("ASYMMETRIC");
            var low = ReadExpression(Precedence.Other);
            Require("AND");
            return new Between(left, low, ReadExpression(Precedence.Other), symmetric, negated);
        }

        var name = Next().Keyword;
        if (name == "SIMILAR")
        {
            Require("TO");
            name = "SIMILAR TO";
        }

        if (IsQuantifier())
        {
            return ReadQuantified(left, negated ? "NOT " + name : name);
        }

        var pattern = ReadExpression(Precedence.Other);
        var escape = Take("ESCAPE") ? ReadExpression(Precedence.Other) : null;
        return new PatternMatch(left, name, pattern, escape, negated);
    }

    private SqlExpression ReadIn(SqlExpression left, bool negated)
    {
        if (!IsSymbol("("))
        {
            return _duck
                ? new InList(left, [ReadExpression(Precedence.Postfix)], negated, false)
                : throw Expected("'('");
        }

        var content = ReadParenthesized();
        return content.Query is { } query
            ? new InQuery(left, query, negated)
            : new InList(left, content.Items, negated, true);
    }
}

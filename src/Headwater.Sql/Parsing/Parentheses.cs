using Headwater.Sql.Lexing;

namespace Headwater.Sql.Parsing;

internal sealed partial class QueryReader
{
    private readonly record struct Content(Query? Query, NodeList<SqlExpression> Items);

    private bool StartsQuery() =>
        Now.Keyword switch
        {
            "SELECT" or "WITH" or "VALUES" or "TABLE" => true,
            "FROM" => _duck,
            "PIVOT" or "PIVOT_WIDER" or "UNPIVOT" or "PIVOT_LONGER" => _duck,
            _ => false,
        };

    // A query or expressions. What begins with a query in parentheses of its own is known for a query only by what follows it; so that no text is
    // read twice, it is read as an expression first.
    private Content ReadParenthesized()
    {
        RequireSymbol("(");
        if (StartsQuery())
        {
            var query = ReadQuery();
            RequireSymbol(")");
            return new Content(query, []);
        }

        if (TakeSymbol(")"))
        {
            return new Content(null, []);
        }

        var first = ReadExpression();
        if (first is Subquery inner && ContinuesQuery())
        {
            var query = ReadQueryFrom(null, new NestedQuery(inner.Query) { Position = inner.Position });
            RequireSymbol(")");
            return new Content(query, []);
        }

        var items = new List<SqlExpression> { first };
        while (TakeSymbol(",") && !IsSymbol(")"))
        {
            items.Add(ReadExpression());
        }

        RequireSymbol(")");
        return new Content(null, [.. items]);
    }

    private bool ContinuesQuery() =>
        Now.Keyword is "UNION" or "INTERSECT" or "EXCEPT" or "ORDER" or "LIMIT" or "OFFSET" or "FETCH";

    private Query ReadQueryInParentheses() => ReadParenthesized().Query ?? throw Expected("a query");

    private SqlExpression ReadParenthesizedValue()
    {
        var start = Here;
        var content = ReadParenthesized();
        return content switch
        {
            { Query: { } query } => new Subquery(query) { Position = start },
            { Items.Count: 1 } => content.Items[0],
            { Items.Count: 0 } => throw new SyntaxFailure(
                start.Value + 1,
                SqlDiagnostics.Unexpected,
                "an expression",
                "')'"
            ),
            _ => new RowValue(content.Items, false) { Position = start },
        };
    }
}

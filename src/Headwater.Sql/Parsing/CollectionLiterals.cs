using Headwater.Sql.Lexing;

namespace Headwater.Sql.Parsing;

internal sealed partial class QueryReader
{
    // The word ARRAY was taken. PostgreSQL's inner arrays stand without it.
    private ArrayLiteral ReadBracketed(bool keyword)
    {
        RequireSymbol("[");
        NodeList<SqlExpression> items = IsSymbol("]")
            ? []
            : Listed(() =>
                !_duck && IsSymbol("[") ? Nested<SqlExpression>(() => ReadBracketed(false)) : ReadExpression()
            );
        RequireSymbol("]");
        return new ArrayLiteral(items, keyword);
    }

    private SqlExpression ReadList()
    {
        RequireSymbol("[");
        if (TakeSymbol("]"))
        {
            return new ArrayLiteral([], false);
        }

        var first = ReadExpression();
        if (Take("FOR"))
        {
            var variables = Listed(() => ReadName());
            Require("IN");
            var source = ReadExpression();
            var condition = Take("IF") ? ReadExpression() : null;
            RequireSymbol("]");
            return new ListComprehension(first, variables, source, condition);
        }

        var items = new List<SqlExpression> { first };
        while (TakeSymbol(",") && !IsSymbol("]"))
        {
            items.Add(ReadExpression());
        }

        RequireSymbol("]");
        return new ArrayLiteral([.. items], false);
    }

    private NodeList<StructField> ReadStructFields()
    {
        RequireSymbol("{");
        if (TakeSymbol("}"))
        {
            return [];
        }

        var fields = Listed(() =>
        {
            var start = Here;
            var name = Now.Kind is SqlTokenKind.Text or SqlTokenKind.QuotedIdentifier or SqlTokenKind.Word
                ? new Identifier(Next().Value, true) { Position = start }
                : throw Expected("a field's name");
            RequireSymbol(":");
            return new StructField(name, ReadExpression()) { Position = start };
        });
        RequireSymbol("}");
        return fields;
    }

    private MapLiteral ReadMap()
    {
        RequireSymbol("{");
        if (TakeSymbol("}"))
        {
            return new MapLiteral([]);
        }

        var entries = Listed(() =>
        {
            var start = Here;
            var key = ReadExpression();
            RequireSymbol(":");
            return new MapEntry(key, ReadExpression()) { Position = start };
        });
        RequireSymbol("}");
        return new MapLiteral(entries);
    }

    private Lambda ReadLambda()
    {
        Require("LAMBDA");
        var parameters = Listed(() => ReadName());
        RequireSymbol(":");
        return new Lambda(parameters, ReadExpression());
    }
}

using Headwater.Sql.Lexing;

namespace Headwater.Sql.Parsing;

internal sealed partial class QueryReader
{
    // A column, a qualified star or a call.
    private SqlExpression ReadNamed()
    {
        var start = Here;
        var word = Now.Keyword;
        var first =
            IsName() || (SymbolAt(1, "(") && MayBeCalled(word)) ? TakeIdentifier() : throw Expected("an expression");
        var parts = new List<Identifier> { first };
        while (TakeSymbol("."))
        {
            if (IsSymbol("*"))
            {
                return ReadStar(new QualifiedName([.. parts]) { Position = start }) with { Position = start };
            }

            parts.Add(ReadLabel());
        }

        var name = new QualifiedName([.. parts]) { Position = start };
        return IsSymbol("(")
            ? ReadCall(name) with
            {
                Position = start,
            }
            : new ColumnReference(name) { Position = start };
    }

    private bool MayBeCalled(string word) =>
        word is "LEFT" or "RIGHT" or "LIKE" or "ILIKE" or "GLOB" or "ISNULL" or "ANY" or "ALL" or "OVERLAPS"
        || ReservedWords.IsValue(word, dialect);

    private FunctionCall ReadCall(QualifiedName name, SqlExpression? first = null, bool opened = false)
    {
        if (!opened)
        {
            RequireSymbol("(");
        }

        var distinct = Take("DISTINCT");
        _ = distinct || (Is("ALL") && !SymbolAt(1, "(") && Take("ALL"));
        var arguments = ReadArguments(first);
        var order = ReadOrderBy();
        var nulls = ReadNullTreatment();
        RequireSymbol(")");
        var call = new FunctionCall(name, arguments)
        {
            Distinct = distinct,
            OrderBy = order,
            Position = name.Position,
        };
        if (Take("WITHIN", "GROUP"))
        {
            RequireSymbol("(");
            call = call with { WithinGroup = ReadOrderBy() };
            RequireSymbol(")");
        }

        if (Is("FILTER") && SymbolAt(1, "("))
        {
            _at += 2;
            _ = Take("WHERE");
            call = call with { Filter = ReadExpression() };
            RequireSymbol(")");
        }

        call = call with { Nulls = nulls.Length > 0 ? nulls : ReadNullTreatment() };
        return Take("OVER") ? call with { Over = ReadOver() } : call;
    }

    private NodeList<Argument> ReadArguments(SqlExpression? first)
    {
        if (first is null)
        {
            return IsSymbol(")") || Is("ORDER") ? [] : Listed(ReadArgument);
        }

        var argument = new Argument(null, "", first) { Position = first.Position };
        return TakeSymbol(",") ? [argument, .. Listed(ReadArgument)] : [argument];
    }

    private string ReadNullTreatment() =>
        Take("IGNORE", "NULLS") ? "IGNORE"
        : Take("RESPECT", "NULLS") ? "RESPECT"
        : "";

    private Argument ReadArgument()
    {
        var start = Here;
        if (Take("VARIADIC"))
        {
            return new Argument(null, "", ReadExpression()) { Variadic = true, Position = start };
        }

        if (
            Now.Kind is SqlTokenKind.Word or SqlTokenKind.QuotedIdentifier
            && Ahead(1) is { Kind: SqlTokenKind.Symbol, Value: "=>" or ":=" }
        )
        {
            var name = TakeIdentifier();
            var arrow = Next().Value;
            return new Argument(name, arrow, ReadExpression()) { Position = start };
        }

        return new Argument(null, "", ReadExpression()) { Position = start };
    }
}

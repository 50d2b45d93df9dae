using Headwater.Sql.Lexing;

namespace Headwater.Sql.Parsing;

internal sealed partial class QueryReader
{
    private TableExpression ReadTable() => Nested(() => ReadJoins(ReadTablePrimary()));

    private TableExpression ReadTablePrimary()
    {
        var start = Here;
        var lateral = Take("LATERAL");
        var table = IsSymbol("(") ? Nested(() => ReadTableInParentheses(lateral)) : ReadNamedTable(lateral);
        var function = table is TableFunction or RowsFrom;
        var alias = ReadTableAlias(function);
        var sample = Take("TABLESAMPLE") ? ReadSample() : null;
        if (alias is null && sample is null)
        {
            return table with { Position = start };
        }

        // A join, or a table that has a name already, keeps it inside the parentheses.
        var bare = table is not Join && table.Alias is null && table.Sample is null;
        return (bare ? table : new NestedJoin(table)) with { Alias = alias, Sample = sample, Position = start };
    }

    private TableExpression ReadTableInParentheses(bool lateral)
    {
        RequireSymbol("(");
        if (StartsQuery())
        {
            var query = ReadQuery();
            RequireSymbol(")");
            return new DerivedTable(query, lateral);
        }

        var inner = ReadTable();
        if (inner is DerivedTable { Alias: null, Sample: null, Lateral: false } derived && ContinuesQuery())
        {
            var query = ReadQueryFrom(null, new NestedQuery(derived.Query) { Position = derived.Position });
            RequireSymbol(")");
            return new DerivedTable(query, lateral);
        }

        RequireSymbol(")");
        return lateral && inner is DerivedTable table ? table with { Lateral = true } : inner;
    }

    private TableExpression ReadNamedTable(bool lateral)
    {
        var start = Here;
        if (_duck && Now.Kind == SqlTokenKind.Text)
        {
            var file = new Identifier(Next().Value, true) { Position = start };
            return new TableReference(new QualifiedName([file]) { Position = start }, false);
        }

        if (_duck && Is("VALUES"))
        {
            return new DerivedTable(new Query(null, ReadOperand(), [], null), lateral);
        }

        if (!_duck && Is("ROWS") && IsAhead(1, "FROM"))
        {
            return ReadRowsFrom(lateral);
        }

        var only = Take("ONLY");
        var name =
            (Is("GLOB") || ReservedWords.IsValue(Now.Keyword, dialect)) && SymbolAt(1, "(")
                ? new QualifiedName([TakeIdentifier()])
                : ReadQualifiedName("a table");
        if (!IsSymbol("("))
        {
            _ = !_duck && TakeSymbol("*");
            return new TableReference(name, only);
        }

        var call = ReadCall(name);
        return new TableFunction(call, lateral, Take("WITH", "ORDINALITY"));
    }

    private RowsFrom ReadRowsFrom(bool lateral)
    {
        _at += 2;
        var functions = InParentheses(() =>
        {
            var start = Here;
            var call = ReadCall(ReadQualifiedName("a function"));
            var alias = Take("AS") ? new TableAlias(null, ReadAliasColumns()) { Position = start } : null;
            return new TableFunction(call, Lateral: false, WithOrdinality: false) { Alias = alias, Position = start };
        });
        return new RowsFrom(functions, lateral, Take("WITH", "ORDINALITY"));
    }

    private TableAlias? ReadTableAlias(bool function)
    {
        var start = Here;
        if (Take("AS"))
        {
            var name = function && IsSymbol("(") ? null : ReadLabel();
            return new TableAlias(name, ReadAliasColumns()) { Position = start };
        }

        return IsName() && !(Is("WINDOW") || Is("AT") || (Is("USING") && IsAhead(1, "SAMPLE")))
            ? new TableAlias(TakeIdentifier(), ReadAliasColumns()) { Position = start }
            : null;
    }

    private NodeList<AliasColumn> ReadAliasColumns() =>
        IsSymbol("(")
            ? InParentheses(() =>
            {
                var name = ReadName("a column");
                var type = IsSymbol(",") || IsSymbol(")") ? null : ReadType();
                return new AliasColumn(name, type) { Position = name.Position };
            })
            : [];

    private Sample ReadSample()
    {
        var start = Here;
        var method = "";
        if (Now.Kind == SqlTokenKind.Word)
        {
            method = Next().Value.ToLowerInvariant();
        }

        var parenthesized = TakeSymbol("(");
        var amount = new List<SqlExpression> { ReadExpression(Precedence.Power) };
        var unit =
            TakeSymbol("%") || Take("PERCENT") ? "PERCENT"
            : Take("ROWS") ? "ROWS"
            : "";
        while (parenthesized && TakeSymbol(","))
        {
            amount.Add(ReadExpression());
        }

        if (parenthesized)
        {
            RequireSymbol(")");
        }

        SqlExpression? seed = null;
        if (_duck && !parenthesized && TakeSymbol("("))
        {
            method = Next().Value.ToLowerInvariant();
            seed = TakeSymbol(",") ? ReadExpression() : null;
            RequireSymbol(")");
        }

        if (Take("REPEATABLE"))
        {
            RequireSymbol("(");
            seed = ReadExpression();
            RequireSymbol(")");
        }

        return new Sample(method, [.. amount], unit, seed) { Position = start };
    }
}

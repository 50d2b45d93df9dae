namespace Headwater.Sql.Parsing;

internal sealed partial class QueryReader
{
    private Query ReadQuery() =>
        Nested(() =>
        {
            var start = Here;
            var with = Is("WITH") ? ReadWith() : null;
            return ReadQueryFrom(with, ReadOperand()) with { Position = start };
        });

    private Query ReadQueryFrom(With? with, QueryBody first)
    {
        var body = ReadSetOperations(first, 1);
        var order = ReadOrderBy();
        var bounds = ReadBounds();
        return new Query(with, body, order, bounds) { Locking = ReadLocking(), Position = first.Position };
    }

    private QueryBody ReadSetOperations(QueryBody left, int least)
    {
        while (SetLevel() is var level && level >= least)
        {
            var name = Next().Keyword switch
            {
                "UNION" => SetOperator.Union,
                "INTERSECT" => SetOperator.Intersect,
                _ => SetOperator.Except,
            };
            var all = Take("ALL");
            _ = all || Take("DISTINCT");
            var byName = _duck && Take("BY", "NAME");
            var right = ReadSetOperations(ReadOperand(), level + 1);
            left = new SetOperation(left, name, all, byName, right) { Position = left.Position };
            Grow(1);
        }

        return left;
    }

    private int SetLevel() =>
        Now.Keyword switch
        {
            "UNION" or "EXCEPT" => 1,
            "INTERSECT" => 2,
            _ => 0,
        };

    private QueryBody ReadOperand()
    {
        var start = Here;
        if (IsSymbol("("))
        {
            return Nested(() =>
            {
                _at++;
                var query = ReadQuery();
                RequireSymbol(")");
                return new NestedQuery(query) { Position = start };
            });
        }

        if (Take("VALUES"))
        {
            return new Values(Listed(ReadRow)) { Position = start };
        }

        if (Take("TABLE"))
        {
            return new TableBody(new TableReference(ReadQualifiedName("a table"), false) { Position = start })
            {
                Position = start,
            };
        }

        if (_duck && (Take("PIVOT") || Take("PIVOT_WIDER")))
        {
            return ReadPivotQuery() with { Position = start };
        }

        if (_duck && (Take("UNPIVOT") || Take("PIVOT_LONGER")))
        {
            return ReadUnpivotQuery() with { Position = start };
        }

        return Is("SELECT") || (_duck && Is("FROM")) ? ReadSelect() : throw Expected("a query");
    }

    private RowValue ReadRow()
    {
        var start = Here;
        return new RowValue(InParentheses(ReadExpression), false) { Position = start };
    }

    private With ReadWith()
    {
        var start = Here;
        Require("WITH");
        var recursive = Take("RECURSIVE");
        return new With(recursive, Listed(ReadCommonTable)) { Position = start };
    }

    private CommonTable ReadCommonTable()
    {
        var name = ReadName("a name for the query");
        var columns = ReadOptionalNames();
        NodeList<Identifier> key = _duck && Take("USING", "KEY") ? InParentheses(() => ReadName()) : [];
        Require("AS");
        bool? materialized =
            Take("MATERIALIZED") ? true
            : Take("NOT", "MATERIALIZED") ? false
            : null;
        RequireSymbol("(");
        var query = ReadQuery();
        RequireSymbol(")");
        return new CommonTable(name, columns, materialized, key, query)
        {
            Search = _duck ? null : ReadSearch(),
            Cycle = _duck ? null : ReadCycle(),
            Position = name.Position,
        };
    }

    private SearchClause? ReadSearch()
    {
        var start = Here;
        if (!Take("SEARCH"))
        {
            return null;
        }

        var breadth = Take("BREADTH");
        if (!breadth)
        {
            Require("DEPTH");
        }

        Require("FIRST");
        Require("BY");
        var columns = Listed(() => ReadName("a column"));
        Require("SET");
        return new SearchClause(breadth, columns, ReadName("a column")) { Position = start };
    }

    private CycleClause? ReadCycle()
    {
        var start = Here;
        if (!Take("CYCLE"))
        {
            return null;
        }

        var columns = Listed(() => ReadName("a column"));
        Require("SET");
        var mark = ReadName("a column");
        SqlExpression? value = null;
        SqlExpression? otherwise = null;
        if (Take("TO"))
        {
            value = Nested(ReadPostfix);
            Require("DEFAULT");
            otherwise = Nested(ReadPostfix);
        }

        Require("USING");
        return new CycleClause(columns, mark, value, otherwise, ReadName("a column")) { Position = start };
    }

    private string ReadLocking()
    {
        var words = new List<string>();
        while (Is("FOR"))
        {
            while (!Now.IsEnd && Now.Keyword.Length > 0)
            {
                words.Add(Next().Keyword);
            }
        }

        return string.Join(' ', words);
    }
}

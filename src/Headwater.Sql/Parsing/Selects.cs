using Headwater.Sql.Lexing;

namespace Headwater.Sql.Parsing;

internal sealed partial class QueryReader
{
    private Select ReadSelect()
    {
        var start = Here;
        var from = _duck && Take("FROM") ? Listed(ReadTable) : null;
        var select = new Select([], from ?? []) { Position = start };
        if (from is null || Is("SELECT"))
        {
            Require("SELECT");
            select = ReadSelectList(select);
        }
        else
        {
            select = select with { Items = [new SelectItem(new Star(null, [], [], []), null)] };
        }

        if (from is null && Take("FROM"))
        {
            select = select with { From = Listed(ReadTable) };
        }

        select = select with { Where = Take("WHERE") ? ReadExpression() : null };
        select = select with { GroupBy = Take("GROUP", "BY") ? ReadGroupBy() : null };
        select = select with { Having = Take("HAVING") ? ReadExpression() : null };
        select = select with { Windows = ReadWindowClause() };
        select = select with { Qualify = _duck && Take("QUALIFY") ? ReadExpression() : null };
        return _duck && Take("USING", "SAMPLE") ? select with { Sample = ReadSample() } : select;
    }

    private Select ReadSelectList(Select select)
    {
        if (Take("DISTINCT"))
        {
            select = select with { Distinct = true };
            if (Take("ON"))
            {
                select = select with { DistinctOn = InParentheses(ReadExpression) };
            }
        }
        else
        {
            _ = Take("ALL");
        }

        if (Now.IsEnd || Is("FROM") || IsSymbol(")") || Is("WHERE"))
        {
            // PostgreSQL takes a SELECT without columns, as in EXISTS.
            return _duck ? throw Expected("an expression") : select;
        }

        var items = new List<SelectItem> { ReadSelectItem() };
        while (TakeSymbol(","))
        {
            if (_duck && (Is("FROM") || Now.IsEnd || IsSymbol(")")))
            {
                break;
            }

            items.Add(ReadSelectItem());
        }

        return select with
        {
            Items = [.. items],
        };
    }

    private SelectItem ReadSelectItem()
    {
        var start = Here;
        if (_duck && Now.Kind is SqlTokenKind.Word or SqlTokenKind.QuotedIdentifier && SymbolAt(1, ":"))
        {
            var name = ReadName();
            _at++;
            return new SelectItem(ReadExpression(), name) { Position = start };
        }

        var value = ReadExpression();
        var alias =
            Take("AS") ? ReadLabel()
            : IsName() ? TakeIdentifier()
            : null;
        return new SelectItem(value, alias) { Position = start };
    }

    private GroupBy ReadGroupBy()
    {
        var start = Here;
        if (_duck && Take("ALL"))
        {
            return new GroupBy([], true, false) { Position = start };
        }

        var distinct = Take("DISTINCT");
        return new GroupBy(Listed(ReadGroupingElement), false, distinct) { Position = start };
    }

    private GroupingElement ReadGroupingElement()
    {
        var start = Here;
        if (Is("ROLLUP") || Is("CUBE"))
        {
            var kind = Next().Keyword;
            return new GroupingElement(kind, InParentheses(ReadExpression), []) { Position = start };
        }

        if (Take("GROUPING", "SETS"))
        {
            var sets = Nested(() => InParentheses(ReadGroupingElement));
            return new GroupingElement("GROUPING SETS", [], sets) { Position = start };
        }

        if (IsSymbol("(") && SymbolAt(1, ")"))
        {
            _at += 2;
            return new GroupingElement("", [], []) { Position = start };
        }

        return new GroupingElement("", [ReadExpression()], []) { Position = start };
    }
}

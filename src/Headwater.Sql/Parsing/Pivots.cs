namespace Headwater.Sql.Parsing;

internal sealed partial class QueryReader
{
    private bool StartsPivot() => _duck && (Is("PIVOT") || Is("UNPIVOT"));

    private TableExpression ReadPivot(TableExpression source)
    {
        var table = Take("PIVOT") ? ReadPivotOf(source) : ReadUnpivotOf(source);
        return table with { Alias = ReadTableAlias(false), Position = source.Position };
    }

    private TableExpression ReadPivotOf(TableExpression source)
    {
        RequireSymbol("(");
        var aggregates = Listed(ReadSelectItem);
        Require("FOR");
        var columns = ReadPivotColumns();
        NodeList<Identifier> group = Take("GROUP", "BY") ? Listed(() => ReadName("a column")) : [];
        RequireSymbol(")");
        return new Pivot(source, aggregates, columns, group);
    }

    private TableExpression ReadUnpivotOf(TableExpression source)
    {
        Require("UNPIVOT");
        bool? nulls =
            Take("INCLUDE", "NULLS") ? true
            : Take("EXCLUDE", "NULLS") ? false
            : null;
        RequireSymbol("(");
        var value = Nested(ReadPostfix);
        Require("FOR");
        var columns = ReadPivotColumns();
        RequireSymbol(")");
        return new Unpivot(source, nulls, value, columns);
    }

    private NodeList<PivotColumn> ReadPivotColumns()
    {
        var columns = new List<PivotColumn>();
        do
        {
            var start = Here;
            var header = Nested(ReadPostfix);
            Require("IN");
            columns.Add(
                IsSymbol("(")
                    ? new PivotColumn(header, InParentheses(ReadSelectItem), null) { Position = start }
                    : new PivotColumn(header, [], ReadName("values")) { Position = start }
            );
        } while (!IsSymbol(")") && !Is("GROUP"));

        return [.. columns];
    }
}

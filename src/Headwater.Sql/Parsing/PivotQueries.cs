namespace Headwater.Sql.Parsing;

internal sealed partial class QueryReader
{
    private PivotQuery ReadPivotQuery()
    {
        var source = ReadTable();
        NodeList<PivotColumn> on = Take("ON") ? Listed(ReadPivotKey) : [];
        NodeList<SelectItem> aggregates = Take("USING") ? Listed(ReadSelectItem) : [];
        NodeList<Identifier> group = Take("GROUP", "BY") ? Listed(() => ReadName("a column")) : [];
        return new PivotQuery(source, on, aggregates, group);
    }

    private PivotColumn ReadPivotKey()
    {
        var start = Here;
        var key = ReadExpression(Precedence.Other);
        NodeList<SelectItem> values = [];
        Identifier? enumeration = null;
        if (Take("IN"))
        {
            if (IsSymbol("("))
            {
                values = InParentheses(ReadSelectItem);
            }
            else
            {
                enumeration = ReadName("values");
            }
        }

        return new PivotColumn(key, values, enumeration) { Position = start };
    }

    private UnpivotQuery ReadUnpivotQuery()
    {
        var source = ReadTable();
        Require("ON");
        var on = Listed(ReadSelectItem);
        if (!Take("INTO"))
        {
            return new UnpivotQuery(source, on, null, []);
        }

        Require("NAME");
        var name = ReadName("a column");
        if (!Take("VALUE"))
        {
            Require("VALUES");
        }

        return new UnpivotQuery(source, on, name, Listed(() => ReadName("a column")));
    }
}

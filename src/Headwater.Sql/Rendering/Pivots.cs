using Headwater.Sql.Parsing;

namespace Headwater.Sql.Rendering;

internal sealed partial class SqlWriter
{
    private void Write(Pivot pivot)
    {
        Write(pivot.Source);
        Clause(" PIVOT (", pivot.Aggregates, Write);
        Clause(" FOR ", pivot.Columns, Write, " ");
        Clause(" GROUP BY ", pivot.GroupBy, Write);
        Add(")");
    }

    private void Write(Unpivot unpivot)
    {
        Write(unpivot.Source);
        Add(" UNPIVOT ");
        Add(
            unpivot.IncludeNulls switch
            {
                true => "INCLUDE NULLS (",
                false => "EXCLUDE NULLS (",
                null => "(",
            }
        );
        Write(unpivot.Value, Precedence.Postfix);
        Clause(" FOR ", unpivot.Columns, Write, " ");
        Add(")");
    }

    private void Write(PivotColumn column)
    {
        Write(column.Header, Precedence.Postfix);
        Add(" IN ");
        if (column.Enumeration is { } name)
        {
            Write(name);
        }
        else
        {
            InParentheses(column.Values, Write);
        }
    }
}

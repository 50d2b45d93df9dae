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

    private void Write(PivotQuery pivot)
    {
        Add("PIVOT ");
        Write(pivot.Source);
        Clause(" ON ", pivot.On, Write);
        Clause(" USING ", pivot.Aggregates, Write);
        Clause(" GROUP BY ", pivot.GroupBy, Write);
    }

    private void Write(UnpivotQuery unpivot)
    {
        Add("UNPIVOT ");
        Write(unpivot.Source);
        Clause(" ON ", unpivot.On, Write);
        if (unpivot.Name is { } name)
        {
            Add(" INTO NAME ");
            Write(name);
            Clause(" VALUE ", unpivot.Values, Write);
        }
    }

    private void Write(PivotColumn column)
    {
        Write(column.Header, Precedence.Postfix);
        if (column is { Values.Count: 0, Enumeration: null })
        {
            return;
        }

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

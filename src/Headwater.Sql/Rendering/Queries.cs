using Headwater.Sql.Parsing;

namespace Headwater.Sql.Rendering;

internal sealed partial class SqlWriter
{
    private void Write(Query query)
    {
        if (query.With is { } with)
        {
            Add(with.Recursive ? "WITH RECURSIVE " : "WITH ");
            Separated(with.Tables, Write);
            Add(" ");
        }

        Write(query.Body);
        Clause(" ORDER BY ", query.OrderBy, Write);
        if (query.Bounds is { } bounds)
        {
            Write(bounds);
        }

        Add(query.Locking.Length > 0 ? " " + query.Locking : "");
    }

    private void Write(CommonTable table)
    {
        Write(table.Name);
        if (table.Columns.Count > 0)
        {
            Add(" ");
            InParentheses(table.Columns, Write);
        }

        if (table.UsingKey.Count > 0)
        {
            Add(" USING KEY ");
            InParentheses(table.UsingKey, Write);
        }

        Parenthesized(
            table.Materialized switch
            {
                true => " AS MATERIALIZED ",
                false => " AS NOT MATERIALIZED ",
                null => " AS ",
            },
            table.Query
        );
        if (table.Search is { } search)
        {
            Clause($" SEARCH {(search.BreadthFirst ? "BREADTH" : "DEPTH")} FIRST BY ", search.By, Write);
            Add(" SET ");
            Write(search.Column);
        }

        if (table.Cycle is { } cycle)
        {
            Clause(" CYCLE ", cycle.Columns, Write);
            Add(" SET ");
            Write(cycle.Mark);
            Clause(" TO ", cycle.Value);
            Clause(" DEFAULT ", cycle.Default);
            Add(" USING ");
            Write(cycle.Path);
        }
    }

    private void Write(RowBounds bounds)
    {
        if (bounds.WithTies)
        {
            Clause(" OFFSET ", bounds.Offset);
            Clause(" FETCH FIRST ", bounds.Limit);
            Add(" ROWS WITH TIES");
            return;
        }

        if (bounds.Limit is { } limit)
        {
            Add(" LIMIT ");
            Write(limit, _duck ? Precedence.Power : 0);
            Add(bounds.Percent ? " PERCENT" : "");
        }

        Clause(" OFFSET ", bounds.Offset);
    }

    private void Write(QueryBody body)
    {
        switch (body)
        {
            case Select select:
                Write(select);
                break;
            case SetOperation set:
                Write(set.Left);
                Add($" {set.Operator.ToString().ToUpperInvariant()} ");
                Add(set.All ? "ALL " : "").Add(set.ByName ? "BY NAME " : "");
                Write(set.Right);
                break;
            case NestedQuery nested:
                Parenthesized("", nested.Query);
                break;
            case Values values:
                Clause("VALUES ", values.Rows, row => InParentheses(row.Items, Write));
                break;
            case PivotQuery pivot:
                Write(pivot);
                break;
            case UnpivotQuery unpivot:
                Write(unpivot);
                break;
            case TableBody table:
                Add("TABLE ");
                Write(table.Table);
                break;
        }
    }
}

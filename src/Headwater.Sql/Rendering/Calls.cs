namespace Headwater.Sql.Rendering;

internal sealed partial class SqlWriter
{
    private void Write(FunctionCall call)
    {
        Write(call.Name);
        Add(call.Distinct ? "(DISTINCT " : "(");
        Separated(call.Arguments, Write);
        Clause(call.Arguments.Count > 0 ? " ORDER BY " : "ORDER BY ", call.OrderBy, Write);
        Add(call.Nulls.Length > 0 && _duck ? $" {call.Nulls} NULLS)" : ")");
        if (call.WithinGroup.Count > 0)
        {
            Clause(" WITHIN GROUP (ORDER BY ", call.WithinGroup, Write);
            Add(")");
        }

        if (call.Filter is not null)
        {
            Clause(" FILTER (WHERE ", call.Filter);
            Add(")");
        }

        Add(call.Nulls.Length > 0 && !_duck ? $" {call.Nulls} NULLS" : "");
        if (call.Over is { } window)
        {
            Add(" OVER ");
            Write(window);
        }
    }

    private void Write(Argument argument)
    {
        Add(argument.Variadic ? "VARIADIC " : "");
        if (argument.Name is { } name)
        {
            Write(name);
            Add($" {argument.Arrow} ");
        }

        Write(argument.Value);
    }

    private void Write(Star star)
    {
        if (star.Qualifier is { } qualifier)
        {
            Write(qualifier);
            Add(".");
        }

        Add("*");
        if (star.Excluded.Count > 0)
        {
            Add(" EXCLUDE ");
            InParentheses(star.Excluded, Write);
        }

        if (star.Replaced.Count > 0)
        {
            Add(" REPLACE ");
            InParentheses(star.Replaced, Write);
        }

        if (star.Renamed.Count > 0)
        {
            Add(" RENAME ");
            InParentheses(
                star.Renamed,
                rename =>
                {
                    Write(rename.Column);
                    Add(" AS ");
                    Write(rename.Name);
                }
            );
        }
    }

    private void Write(OrderItem item)
    {
        Write(item.Key);
        Add(item.Direction.Length > 0 ? " " + item.Direction : "");
        Add(item.Nulls.Length > 0 ? " NULLS " + item.Nulls : "");
    }

    private void Write(WindowSpecification window)
    {
        if (!window.Parenthesized)
        {
            Write(window.Base!);
            return;
        }

        Add("(");
        var before = "";
        if (window.Base is { } named)
        {
            Write(named);
            before = " ";
        }

        Clause(before + "PARTITION BY ", window.PartitionBy, Write);
        before = window.PartitionBy.Count > 0 ? " " : before;
        Clause(before + "ORDER BY ", window.OrderBy, Write);
        if (window.Frame is { } frame)
        {
            Add(window.OrderBy.Count > 0 ? " " : before).Add($"{frame.Unit} ");
            Add(frame.End is null ? "" : "BETWEEN ");
            Write(frame.Start);
            if (frame.End is { } end)
            {
                Add(" AND ");
                Write(end);
            }

            Add(frame.Exclude.Length > 0 ? " EXCLUDE " + frame.Exclude : "");
        }

        Add(")");
    }

    private void Write(FrameBound bound)
    {
        if (bound.Kind != "CURRENT ROW")
        {
            if (bound.Offset is { } offset)
            {
                Write(offset, Parsing.Precedence.Other);
            }
            else
            {
                Add("UNBOUNDED");
            }

            Add(" ");
        }

        Add(bound.Kind);
    }
}

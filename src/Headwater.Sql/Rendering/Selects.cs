namespace Headwater.Sql.Rendering;

internal sealed partial class SqlWriter
{
    private void Write(Select select)
    {
        Add("SELECT");
        Add(select.Distinct ? " DISTINCT" : "");
        if (select.DistinctOn.Count > 0)
        {
            Add(" ON ");
            InParentheses(select.DistinctOn, Write);
        }

        Clause(" ", select.Items, Write);
        Clause(" FROM ", select.From, Write);
        Clause(" WHERE ", select.Where);
        if (select.GroupBy is { } group)
        {
            Add(" GROUP BY ");
            Add(
                group.All ? "ALL"
                : group.Distinct ? "DISTINCT "
                : ""
            );
            Separated(group.Elements, Write);
        }

        Clause(" HAVING ", select.Having);
        Clause(" WINDOW ", select.Windows, Write);
        Clause(" QUALIFY ", select.Qualify);
        if (select.Sample is { } sample)
        {
            Add(" USING SAMPLE ");
            Write(sample);
        }
    }

    private void Write(SelectItem item)
    {
        Write(item.Value);
        if (item.Alias is { } alias)
        {
            Add(" AS ");
            Write(alias);
        }
    }

    private void Write(NamedWindow window)
    {
        Write(window.Name);
        Add(" AS ");
        Write(window.Window);
    }

    private void Write(GroupingElement element)
    {
        switch (element.Kind)
        {
            case "" when element.Expressions.Count == 1:
                Write(element.Expressions[0]);
                break;
            case "GROUPING SETS":
                Add("GROUPING SETS ");
                InParentheses(element.Sets, Write);
                break;
            default:
                Add(element.Kind.Length > 0 ? element.Kind + " " : "");
                InParentheses(element.Expressions, Write);
                break;
        }
    }
}

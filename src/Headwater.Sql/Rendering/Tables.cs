namespace Headwater.Sql.Rendering;

internal sealed partial class SqlWriter
{
    private void Write(TableExpression table)
    {
        switch (table)
        {
            case TableReference reference:
                Add(reference.Only ? "ONLY " : "");
                Write(reference.Name);
                break;
            case DerivedTable derived:
                Parenthesized(derived.Lateral ? "LATERAL " : "", derived.Query);
                break;
            case TableFunction function:
                Add(function.Lateral ? "LATERAL " : "");
                Write(function.Call);
                Add(function.WithOrdinality ? " WITH ORDINALITY" : "");
                break;
            case RowsFrom rows:
                Add(rows.Lateral ? "LATERAL ROWS FROM " : "ROWS FROM ");
                InParentheses(rows.Functions, Write);
                Add(rows.WithOrdinality ? " WITH ORDINALITY" : "");
                break;
            case NestedJoin nested:
                Add("(");
                Write(nested.Table);
                Add(")");
                break;
            case Join join:
                Write(join);
                break;
            case Pivot pivot:
                Write(pivot);
                break;
            case Unpivot unpivot:
                Write(unpivot);
                break;
        }

        if (table.Alias is { } alias)
        {
            Write(alias);
        }

        if (table.Sample is { } sample)
        {
            Add(" TABLESAMPLE ");
            Write(sample);
        }
    }

    private void Write(TableAlias alias)
    {
        Add(" AS");
        if (alias.Name is { } name)
        {
            Add(" ");
            Write(name);
        }

        if (alias.Columns.Count == 0)
        {
            return;
        }

        Add(" ");
        InParentheses(
            alias.Columns,
            column =>
            {
                Write(column.Name);
                if (column.Type is { } type)
                {
                    Add(" ");
                    Write(type);
                }
            }
        );
    }

    private void Write(Join join)
    {
        Write(join.Left);
        Add(join.Natural ? " NATURAL" : "").Add(join.AsOf ? " ASOF" : "");
        Add(join.Kind == JoinKind.Inner ? " JOIN " : $" {join.Kind.ToString().ToUpperInvariant()} JOIN ");
        if (join.Right is Join or Pivot or Unpivot)
        {
            Add("(");
            Write(join.Right);
            Add(")");
        }
        else
        {
            Write(join.Right);
        }

        Clause(" ON ", join.On);
        if (join.Using.Count > 0)
        {
            Add(" USING ");
            InParentheses(join.Using, Write);
        }
    }

    private void Write(Sample sample)
    {
        Add(sample.Method.Length > 0 ? sample.Method + " (" : "(");
        Separated(sample.Amount, amount => Write(amount, Parsing.Precedence.Power));
        Add(sample.Unit.Length > 0 ? $" {sample.Unit}" : "");
        Add(")");
        if (sample.Seed is not null)
        {
            Clause(" REPEATABLE (", sample.Seed);
            Add(")");
        }
    }
}

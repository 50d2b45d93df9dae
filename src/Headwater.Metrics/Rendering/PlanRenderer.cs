using System.Text;
using Headwater.Metrics.Planning;
using Headwater.Metrics.Planning.Nodes;
using Headwater.Sql;
using Headwater.Sql.Dialects;
using Headwater.Sql.Masking;

namespace Headwater.Metrics.Rendering;

/// <summary>Writes plans as SQL of one dialect. Stateless; safe for several threads.</summary>
public sealed class PlanRenderer(SqlDialect dialect)
{
    private readonly ExpressionRenderer _expressions = ExpressionRenderer.For(dialect);

    public SqlText Render(MetricPlan plan, IColumnMasks masks) => Render(plan, masks, isOrdered: true);

    /// <summary>As a table is made by it: nobody's view, and without parameters.</summary>
    public string RenderWhole(MetricPlan plan) =>
        Render(plan, NoMasks.Instance, isOrdered: true, new LiteralList(dialect)).Text;

    internal SqlText Render(MetricPlan plan, IColumnMasks masks, bool isOrdered) =>
        Render(plan, masks, isOrdered, new ParameterList());

    private SqlText Render(MetricPlan plan, IColumnMasks masks, bool isOrdered, ParameterList parameters)
    {
        var nodes = new NodeRenderer(_expressions, parameters, masks);
        var text = new StringBuilder(nodes.Select(plan.Root));
        if (isOrdered && plan.Root is ComputeNode compute)
        {
            AppendOrder(text, plan, compute);
        }

        if (plan.Limit is { } limit)
        {
            text.Append("\nLIMIT ").Append(limit);
        }

        return new SqlText(text.ToString(), parameters.Values);
    }

    public SqlText Render(RowsPlan plan, IColumnMasks masks)
    {
        var parameters = new ParameterList();
        var nodes = new NodeRenderer(_expressions, parameters, masks);
        var columns = plan.Columns.Select(column => $"{column.Column} AS {dialect.Quote(column.Name)}");
        var text = nodes.Rows(string.Join(", ", columns), plan.Rows).Append("\nLIMIT ").Append(plan.Limit);
        return new SqlText(text.ToString(), parameters.Values);
    }

    private void AppendOrder(StringBuilder text, MetricPlan plan, ComputeNode compute)
    {
        var outputs = new OutputRenderer(dialect);
        var keys = plan
            .OrderBy.Select(key =>
            {
                var column =
                    key.Column < compute.Keys.Count
                        ? compute.Keys[key.Column].Column
                        : outputs.Render(compute.Outputs[key.Column - compute.Keys.Count].Expression);
                return $"{column} {(key.Descending ? "DESC" : "ASC")} NULLS LAST";
            })
            .ToList();
        // The keys come last, so that equal rows have one order and pages do not overlap.
        var named = plan.OrderBy.Select(key => key.Column).ToHashSet();
        keys.AddRange(
            compute.Keys.Where((_, index) => !named.Contains(index)).Select(key => $"{key.Column} ASC NULLS LAST")
        );
        if (keys.Count > 0)
        {
            text.Append("\nORDER BY ").AppendJoin(", ", keys);
        }
    }
}

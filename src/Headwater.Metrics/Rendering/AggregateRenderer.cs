using System.Globalization;
using Headwater.Metrics.Planning.Nodes;
using Headwater.Metrics.Semantics;

namespace Headwater.Metrics.Rendering;

/// <summary>Writes aggregations.</summary>
internal sealed class AggregateRenderer(ExpressionRenderer expressions, ConditionRenderer conditions)
{
    /// <param name="aggregate">What to write.</param>
    /// <param name="grouped">Whether there are keys.</param>
    public string Render(PlanAggregate aggregate, bool grouped) =>
        aggregate switch
        {
            MeasureAggregate measure => Render(measure, grouped),
            RollupAggregate rollup => Render(rollup, grouped),
            PeriodAggregate { Aggregation: PeriodAggregation.Average } period => expressions.Dialect.Average(
                period.Column
            ),
            PeriodAggregate period => expressions.AtEnd(
                period.Column,
                period.Time,
                period.Aggregation == PeriodAggregation.Last
            ),
            _ => throw new InvalidOperationException($"unknown aggregate {aggregate.GetType().Name}"),
        };

    private string Render(MeasureAggregate aggregate, bool grouped)
    {
        var call = Call(aggregate.Measure, aggregate.Column);
        if (aggregate.Filters.Count == 0)
        {
            return call;
        }

        var admits = conditions.RenderAny([aggregate.Filters]);
        call += $" FILTER (WHERE {admits})";
        // A count over no row of a group is 0, but the metric alone would have no row there: it stays empty.
        var counts = aggregate.Measure.Aggregation is Aggregation.Count or Aggregation.CountDistinct;
        return counts && grouped ? $"CASE WHEN count(*) FILTER (WHERE {admits}) > 0 THEN {call} END" : call;
    }

    // Sums of sums have the types of sums, which engines would widen further; a count over nothing is 0, a sum of counts is empty.
    private string Render(RollupAggregate aggregate, bool grouped)
    {
        var filter = aggregate.Filters.Count == 0 ? "" : $" FILTER (WHERE {conditions.RenderAny([aggregate.Filters])})";
        var sum = $"CAST(sum({aggregate.Column}){filter} AS {aggregate.Type})";
        return aggregate.Aggregation switch
        {
            Aggregation.Min => $"min({aggregate.Column}){filter}",
            Aggregation.Max => $"max({aggregate.Column}){filter}",
            Aggregation.Average =>
                $"{expressions.Dialect.AsDouble($"sum({aggregate.Column}){filter}")} / nullif({expressions.Dialect.AsDouble($"sum({aggregate.Counts}){filter}")}, 0)",
            Aggregation.Count when !grouped => $"coalesce({sum}, 0)",
            _ => sum,
        };
    }

    private string Call(Measure measure, string column)
    {
        var fraction = measure.Percentile.ToString(CultureInfo.InvariantCulture);
        return measure.Aggregation switch
        {
            Aggregation.Sum => $"sum({column})",
            Aggregation.Min => $"min({column})",
            Aggregation.Max => $"max({column})",
            Aggregation.Count => $"count({column})",
            Aggregation.CountDistinct => $"count(DISTINCT {column})",
            Aggregation.SumBoolean => $"sum(CASE WHEN {column} THEN 1 ELSE 0 END)",
            Aggregation.Average => expressions.Dialect.Average(column),
            Aggregation.Median => Between("0.5"),
            // No engine approximates a value that occurs.
            _ when measure is { Approximate: true, Discrete: false } => expressions.ApproximatePercentile(
                column,
                fraction
            ),
            _ when measure.Discrete => $"percentile_disc({fraction}) WITHIN GROUP (ORDER BY {column})",
            _ => Between(fraction),
        };

        // What lies between two decimals may need a place more than they have.
        string Between(string part) =>
            $"percentile_cont({part}) WITHIN GROUP (ORDER BY {expressions.Dialect.AsDouble(column)})";
    }
}

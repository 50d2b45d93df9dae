using System.Globalization;
using Headwater.Metrics.Planning;
using Headwater.Metrics.Semantics;
using Headwater.Metrics.Time;
using Headwater.Sql.Dialects;

namespace Headwater.Metrics.Rendering;

/// <summary>Writes aggregations and the filters of definitions.</summary>
internal sealed class AggregateRenderer(ScanSources sources, SqlDialect dialect)
{
    /// <param name="aggregate">What to write.</param>
    /// <param name="grouped">Whether the scan has keys.</param>
    public string Render(PlannedAggregate aggregate, bool grouped)
    {
        var column = PlanRenderer.Name(aggregate.Column);
        var measure = aggregate.Measure;
        var call = measure.Aggregation switch
        {
            Aggregation.Sum => $"sum({column})",
            Aggregation.Min => $"min({column})",
            Aggregation.Max => $"max({column})",
            Aggregation.Count => $"count({column})",
            Aggregation.CountDistinct => $"count(DISTINCT {column})",
            Aggregation.SumBoolean => $"sum(CASE WHEN {column} THEN 1 ELSE 0 END)",
            Aggregation.Average => dialect.Average(column),
            Aggregation.Median => $"percentile_cont(0.5) WITHIN GROUP (ORDER BY {column})",
            _ =>
                $"{(measure.Discrete ? "percentile_disc" : "percentile_cont")}({measure.Percentile.ToString(CultureInfo.InvariantCulture)}) WITHIN GROUP (ORDER BY {column})",
        };
        if (aggregate.Filters.Count == 0)
        {
            return call;
        }

        var admits = Admits(sources, dialect, [aggregate.Filters]);
        call += $" FILTER (WHERE {admits})";
        // A count over no row of a group is 0, but the metric alone would have no row there: it stays empty.
        var counts = measure.Aggregation is Aggregation.Count or Aggregation.CountDistinct;
        return counts && grouped ? $"CASE WHEN count(*) FILTER (WHERE {admits}) > 0 THEN {call} END" : call;
    }

    /// <summary>The rows that any of the lists of templates admits wholly.</summary>
    public static string Admits(
        ScanSources sources,
        SqlDialect dialect,
        IReadOnlyList<IReadOnlyList<FilterTemplate>> alternatives
    )
    {
        var parts = alternatives.Select(templates =>
            string.Join(" AND ", templates.Select(template => $"({Fill(sources, dialect, template)})"))
        );
        return alternatives.Count == 1
            ? parts.First()
            : "(" + string.Join(" OR ", parts.Select(part => $"({part})")) + ")";
    }

    private static string Fill(ScanSources sources, SqlDialect dialect, FilterTemplate template) =>
        string.Concat(
            template.Parts.Select(part =>
                part switch
                {
                    FilterSql sql => sql.Text,
                    FilterDimension { Reference: var reference } => Operand(sources, dialect, reference),
                    _ => throw new InvalidOperationException($"unknown filter part {part.GetType().Name}"),
                }
            )
        );

    private static string Operand(ScanSources sources, SqlDialect dialect, DimensionReference reference)
    {
        var column = PlanRenderer.Name(sources[reference].Column);
        return reference.Grain is { } grain ? dialect.TruncateToGrain(grain.Name(), column) : column;
    }
}

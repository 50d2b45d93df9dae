using Headwater.Kernel.Diagnostics;
using Headwater.Metrics.Binding;
using Headwater.Metrics.Semantics;

namespace Headwater.Metrics.Planning;

/// <summary>
/// Plans the rows behind a number: every row that the metric's measures aggregate, with the measures as columns, so that aggregating a
/// column gives the number again.
/// </summary>
public sealed class RowsPlanner(MetricModel metrics)
{
    private readonly MetricPlanner _planner = new(metrics);

    /// <exception cref="DiagnosticException">HW4112: the metric is computed from several tables. HW4115: a rule cannot be applied.</exception>
    public RowsPlan Plan(BoundQuery query, IReadOnlyList<RowRestriction> restrictions, int limit)
    {
        var metric = query.Metrics[0];
        var leaves = MetricLeaves.Of(metric).ToList();
        var model = leaves[0].Metric.Model;
        var measure = leaves[0].Metric.Measure;
        if (
            leaves.Exists(leaf =>
                leaf.Metric.Model != model || leaf.Metric.Measure.TimeDimension != measure.TimeDimension
            )
        )
        {
            var inputs = leaves.Select(leaf => leaf.Metric.Name).Distinct();
            throw MetricDiagnostics.NoRows.With(metric.Name, string.Join(", ", inputs)).ToException();
        }

        var sources = new ScanSources(model.Relation);
        var filters = _planner.Filters(sources, model, measure, query, restrictions);
        foreach (var reference in leaves.SelectMany(leaf => leaf.Filters).SelectMany(filter => filter.Dimensions))
        {
            _planner.AddDimension(sources, model, measure, reference);
        }

        if (leaves.TrueForAll(leaf => leaf.Filters.Count > 0))
        {
            filters.Add(new DefinitionFilter([.. leaves.Select(leaf => leaf.Filters)]));
        }

        return new RowsPlan(sources, Columns(sources, model, leaves), filters, limit);
    }

    private static List<(string, PlanColumn)> Columns(ScanSources sources, SemanticModel model, List<MetricLeaf> leaves)
    {
        var columns = new List<(string Name, PlanColumn Column)>();
        Add(model.Entities.Select(entity => (entity.Name, entity.Expression)));
        Add(model.Dimensions.Select(dimension => (dimension.Name, dimension.Expression)));
        Add(leaves.Select(leaf => (leaf.Metric.Measure.Name, leaf.Metric.Measure.Expression)));
        return columns;

        void Add(IEnumerable<(string Name, string Expression)> items)
        {
            foreach (var (name, expression) in items)
            {
                if (!columns.Exists(column => column.Name == name))
                {
                    columns.Add((name, sources.AddToRoot(expression)));
                }
            }
        }
    }
}

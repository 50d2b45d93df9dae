using Headwater.Kernel.Diagnostics;
using Headwater.Metrics.Binding;
using Headwater.Metrics.Planning.Nodes;
using Headwater.Metrics.Semantics;

namespace Headwater.Metrics.Planning;

/// <summary>
/// Plans the rows behind a number: every row that the metric's measures aggregate, with the measures as columns, so that aggregating a
/// column gives the number again.
/// </summary>
public sealed class RowsPlanner(MetricModel metrics)
{
    private readonly DimensionResolver _resolver = new(metrics);

    /// <exception cref="DiagnosticException">
    /// HW4112: the metric is computed from several tables, or from rows of other times. HW4115: a rule cannot be applied.
    /// </exception>
    public RowsPlan Plan(BoundQuery query, AccessRules access, int limit)
    {
        var metric = query.Metrics[0];
        var leaves = MetricLeaves.Of(metric).ToList();
        var first = leaves[0];
        if (
            leaves.Exists(leaf =>
                !ReferenceEquals(leaf.Model, first.Model)
                || leaf.Measure.TimeDimension != first.Measure.TimeDimension
                || leaf.Measure.NonAdditive is not null
                || leaf.Offsets.Count > 0
                || leaf.Metric is not SimpleMetric
            )
        )
        {
            var inputs = leaves.Select(leaf => leaf.Metric.Name).Distinct();
            throw MetricDiagnostics.NoRows.With(metric.Name, string.Join(", ", inputs)).ToException();
        }

        var context = new PlanContext(metrics, _resolver, access);
        var group = new LeafGroup(LeafShape.Of(first, usesTime: true, showsTime: false), NoTimeKeys);
        foreach (var leaf in leaves)
        {
            group.Add(leaf, context.Names);
        }

        var rows = new LeafRows(query, context, group);
        var columns = Columns(rows.Source, first.Model, leaves);
        return new RowsPlan(rows.Build(out _), columns, limit);
    }

    private static Dictionary<int, DimensionReference> NoTimeKeys => [];

    private static List<RenamedColumn> Columns(SourceBuilder source, SemanticModel model, List<MetricLeaf> leaves)
    {
        var columns = new List<RenamedColumn>();
        Add(model.Entities.Select(entity => (entity.Name, entity.Expression)));
        Add(model.Dimensions.Select(dimension => (dimension.Name, dimension.Expression)));
        Add(leaves.Select(leaf => (leaf.Measure.Name, leaf.Measure.Expression)));
        return columns;

        void Add(IEnumerable<(string Name, string Expression)> items)
        {
            foreach (var (name, expression) in items)
            {
                if (!columns.Exists(column => column.Name == name))
                {
                    columns.Add(new RenamedColumn(source.Root(expression).Name, name));
                }
            }
        }
    }
}

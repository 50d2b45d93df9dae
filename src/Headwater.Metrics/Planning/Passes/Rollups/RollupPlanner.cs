using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Names;
using Headwater.Metrics.Binding;
using Headwater.Metrics.Planning.Expressions;
using Headwater.Metrics.Planning.Nodes;
using Headwater.Metrics.Requests;
using Headwater.Metrics.Semantics;
using Headwater.Metrics.Semantics.Rollups;
using Headwater.Metrics.Time;
using Headwater.Project.Yaml;

namespace Headwater.Metrics.Planning.Passes.Rollups;

/// <summary>Plans the tables of rollups from their definitions, reporting every mistake.</summary>
internal sealed class RollupPlanner(MetricModel model, DiagnosticBag diagnostics)
{
    private readonly QueryBinder _binder = new(model);
    private readonly DimensionResolver _resolver = new(model);

    /// <summary>The tables of those definitions that are right.</summary>
    public IReadOnlyList<RollupTable> PlanAll(IReadOnlyList<RollupDefinition> definitions)
    {
        foreach (var group in definitions.GroupBy(item => item.Name.Text, StringComparer.OrdinalIgnoreCase))
        {
            foreach (var again in group.Skip(1))
            {
                diagnostics.Add(
                    MetricDiagnostics.DuplicateName.At(
                        again.Name.Location,
                        "rollup",
                        again.Name.Text,
                        group.First().Name.Location
                    )
                );
            }
        }

        return
        [
            .. definitions
                .DistinctBy(item => item.Name.Text, StringComparer.OrdinalIgnoreCase)
                .Select(Plan)
                .OfType<RollupTable>(),
        ];
    }

    private RollupTable? Plan(RollupDefinition definition)
    {
        var before = diagnostics.Count;
        var metrics = definition.Metrics.Where(metric => Binds(metric.Location, [metric.Text], [])).ToList();
        if (metrics.Count == 0)
        {
            return null;
        }

        var names = metrics.Select(metric => metric.Text).ToList();
        var leaves = metrics
            .SelectMany(metric =>
                MetricLeaves.Of(model.Find(metric.Text)!).Select(leaf => (Metric: metric, Leaf: leaf))
            )
            .ToList();
        CheckLeaves(definition, leaves);
        foreach (var dimension in definition.Dimensions)
        {
            Binds(dimension.Location, names, [dimension.Text]);
        }

        if (diagnostics.Count > before)
        {
            return null;
        }

        var query = _binder.Bind(
            new MetricRequest(names, [.. definition.Dimensions.Select(item => item.Text)], [], [], null)
        );
        CheckFilters(query, leaves);
        return diagnostics.Count > before ? null : Plan(definition, query, [.. leaves.Select(item => item.Leaf)]);
    }

    private RollupTable Plan(RollupDefinition definition, BoundQuery query, IReadOnlyList<MetricLeaf> leaves)
    {
        var context = new PlanContext(model, _resolver, AccessRules.None);
        var first = leaves[0];
        var source = new SourceBuilder(context, first.Model.Relation, first.Model, JoinKind.Left);
        var time = DimensionResolver.MetricTime(first.Model, first.Measure);
        source.SetTime(
            time.Expression,
            time.Grain!.Value,
            first.Measure.TimeDimension,
            model.ConversionOf(time.StoredZone)
        );
        var keys = query
            .GroupBy.Select(
                (reference, index) => new NamedExpression(MetricPlanner.KeyName(index), source.Key(reference))
            )
            .ToList();
        var parts = new Dictionary<RollupPart, string>();
        var aggregates = new List<PlanAggregate>();
        foreach (var part in leaves.SelectMany(leaf => RollupPart.Of(leaf.Measure)))
        {
            if (parts.TryAdd(part, $"a{parts.Count}"))
            {
                aggregates.Add(Aggregate(parts[part], part, source.Root(part.Expression).Name));
            }
        }

        aggregates.Add(Aggregate(RollupTable.RowCount, new RollupPart(Aggregation.Count, "*"), "*"));
        var node = new AggregateNode(source.Build(), keys, aggregates);
        var rows = JoinedRows.Of(node.Input)!;
        return new RollupTable(
            definition.Name.Text.ToLowerInvariant(),
            first.Model.Relation with
            {
                Name = $"rollup__{definition.Name.Text.ToLowerInvariant()}",
            },
            first.Model.Relation,
            node,
            keys.Where(key => rows.Meaning(key.Value) is not null)
                .DistinctBy(key => rows.Meaning(key.Value))
                .ToDictionary(key => rows.Meaning(key.Value)!, key => key.Name),
            keys.Where(key => key.Value is PeriodStart)
                .Select(key => (Period: (PeriodStart)key.Value, key.Name))
                .Where(key => rows.Meaning(key.Period.Time) is not null)
                .GroupBy(key => rows.Meaning(key.Period.Time)!)
                .ToDictionary(
                    group => group.Key,
                    group =>
                        (IReadOnlyList<(Grain, string)>)
                            [.. group.Select(key => (key.Period.Grain, key.Name)).OrderBy(key => key.Grain)]
                ),
            parts
        );
    }

    private static MeasureAggregate Aggregate(string name, RollupPart part, string column) =>
        new(
            name,
            new Measure(
                name,
                part.Aggregation,
                part.Expression,
                null,
                0,
                Discrete: false,
                null,
                null,
                new SourceLocation("")
            ),
            column,
            []
        );

    // Whether names can be asked for; what is wrong is reported at their place.
    private bool Binds(SourceLocation place, IReadOnlyList<string> metrics, IReadOnlyList<string> dimensions)
    {
        try
        {
            _binder.Bind(new MetricRequest(metrics, dimensions, [], [], null));
            if (model.Find(metrics[0]) is null)
            {
                // A comparison of a metric binds too; here its metric is what counts.
                diagnostics.Add(MetricDiagnostics.UnknownInput.At(place, "rollup", metrics[0]));
                return false;
            }

            return true;
        }
        catch (DiagnosticException problem)
        {
            diagnostics.AddRange(problem.Diagnostics.Select(diagnostic => diagnostic with { Location = place }));
            return false;
        }
    }

    private void CheckLeaves(RollupDefinition definition, List<(LocatedText Metric, MetricLeaf Leaf)> leaves)
    {
        var first = leaves[0].Leaf;
        foreach (var (metric, leaf) in leaves)
        {
            if (
                leaf.Conversion is not null
                || leaf.Measure.NonAdditive is not null
                || RollupPart.Of(leaf.Measure).Count == 0
            )
            {
                var why =
                    leaf.Conversion is not null ? "it counts conversions, which are found among the rows"
                    : leaf.Measure.NonAdditive is not null ? "only an end of a time counts for it"
                    : leaf.Measure.Aggregation == Aggregation.CountDistinct ? "it counts distinct values"
                    : "a middle value of a whole cannot be had from those of its parts";
                diagnostics.Add(
                    MetricDiagnostics.RollupNotAdditive.At(
                        metric.Location,
                        definition.Name.Text,
                        metric.Text,
                        leaf.Measure.Name,
                        why
                    )
                );
            }
            else if (
                !ReferenceEquals(leaf.Model, first.Model)
                || leaf.Measure.TimeDimension != first.Measure.TimeDimension
            )
            {
                diagnostics.Add(
                    MetricDiagnostics.RollupOfSeveral.At(
                        metric.Location,
                        definition.Name.Text,
                        metric.Text,
                        leaves[0].Metric.Text
                    )
                );
            }
        }
    }

    // A rollup keeps measures as they are: what a definition filters by must be told apart in it.
    private void CheckFilters(BoundQuery query, List<(LocatedText Metric, MetricLeaf Leaf)> leaves)
    {
        var kept = query.GroupBy.Select(reference => reference.BaseName).ToHashSet(StringComparer.Ordinal);
        foreach (var (metric, leaf) in leaves)
        {
            foreach (
                var dimension in leaf
                    .Filters.SelectMany(filter => new OperandReader(model).Read(filter.Template.Condition).Dimensions)
                    .Where(dimension =>
                        !dimension.IsMetricTime && !kept.Contains(dimension.BaseName) && !IsKept(leaf, dimension)
                    )
                    .Select(dimension => dimension.BaseName)
                    .Distinct()
            )
            {
                diagnostics.Add(MetricDiagnostics.RollupFilter.At(metric.Location, metric.Text, dimension));
            }
        }

        // An entity among the dimensions brings what its table has: that is joined to the rollup.
        bool IsKept(MetricLeaf leaf, DimensionReference dimension) =>
            dimension.EntityPath.Count > 0
            && leaf.Model.FindEntity(dimension.EntityPath[0]) is not null
            && kept.Contains(dimension.EntityPath[0]);
    }
}

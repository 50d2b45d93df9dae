using System.Globalization;
using Headwater.Kernel.Diagnostics;
using Headwater.Metrics.Binding;
using Headwater.Metrics.Conditions;
using Headwater.Metrics.Explaining;
using Headwater.Metrics.Planning;
using Headwater.Metrics.Planning.Expressions;
using Headwater.Metrics.Planning.Filters;
using Headwater.Metrics.Planning.Nodes;
using Headwater.Metrics.Rendering;
using Headwater.Metrics.Requests;
using Headwater.Metrics.Semantics;
using Headwater.Sql;
using Headwater.Sql.Dialects;

namespace Headwater.Metrics.Reconciling;

/// <summary>
/// Writes one side of a comparison: the rows of a metric's table, of which a filter or a period takes none away but says of each whether it counts. Row rules do
/// take rows away: what the asker may not see is not there. Holds no state; safe for several threads.
/// </summary>
public sealed class SideCompiler(MetricModel model, SqlDialect dialect)
{
    private readonly QueryBinder _binder = new(model);
    private readonly DimensionResolver _resolver = new(model);
    private readonly ExpressionRenderer _expressions = ExpressionRenderer.For(dialect);

    /// <param name="request">What is asked for.</param>
    /// <param name="access">What the asker may see.</param>
    /// <param name="parametersBefore">How many parameters the statement has that this becomes a part of.</param>
    /// <exception cref="DiagnosticException">HW41xx.</exception>
    public CompiledSide Compile(SideRequest request, AccessRules access, int parametersBefore)
    {
        var metric = new SideMatch(model).Find(request.Metric);
        var currency = metric.Header.Meta.GetValueOrDefault("currency");
        List<string> dimensions = [.. request.By, .. request.GroupBy];
        if (currency is not null)
        {
            dimensions.Add(currency);
        }

        var bound = _binder.Bind(
            new MetricRequest([metric.Name], [.. dimensions.Distinct(StringComparer.Ordinal)], request.Where, [], null)
            {
                Time = request.Time,
            }
        );
        var leaf = MetricLeaves.Of(metric).First();
        var context = new PlanContext(model, _resolver, access);
        var source = new SourceBuilder(context, leaf.Model.Relation, leaf.Model, JoinKind.Left);
        var time = DimensionResolver.MetricTime(leaf.Model, leaf.Measure);
        source.SetTime(
            time.Expression,
            time.Grain!.Value,
            leaf.Measure.TimeDimension,
            context.Metrics.ConversionOf(time.StoredZone)
        );

        var parameters = new ParameterList(parametersBefore);
        var conditions = new ConditionRenderer(_expressions, parameters);
        var counted = source.Root(leaf.Measure.Expression);
        var isDistinct = leaf.Measure.Aggregation == Aggregation.CountDistinct;
        var keys = Keys(request, leaf, source, bound, counted, isDistinct);
        var groups = request.GroupBy.Select(name => source.Key(Bound(bound, dimensions, name))).ToList();
        var shownCurrency = currency is null ? null : source.Key(Bound(bound, dimensions, currency));
        var reader = new OperandReader(model);
        List<SideFilter> filters =
        [
            .. leaf.Filters.Select(filter =>
                Filter(filter.Template.Readable, reader.Read(filter.Template.Condition), source)
            ),
            .. bound
                .Where.Where(condition => !IsOnTime(condition))
                .Select(condition => Filter(ConditionWords.Of(condition), condition, source)),
        ];
        var period = bound.Where.Where(IsOnTime).Select(condition => source.Bind(condition, source.Outermost)).ToList();
        var at = source.Time(source.Outermost).Local;
        List<PlannedFilter> rules = [.. RowRules.On(source, leaf.Model, context)];
        var rows = source.Build();
        rows = rules.Count == 0 ? rows : new FilterNode(rows, rules);

        // The text is written in the order of its parameters: the filters of the rows come last.
        var columns = new List<string>();
        columns.AddRange(keys.Select((key, index) => $"{_expressions.Render(key)} AS k{index}"));
        columns.Add($"{Value(leaf.Measure.Aggregation, _expressions.Render(counted))} AS v");
        columns.Add($"{FirstFailing(filters, conditions)} AS f");
        columns.Add($"{(period.Count == 0 ? "true" : $"coalesce({conditions.RenderAny([period])}, false)")} AS t");
        columns.Add($"{_expressions.Render(at)} AS d");
        columns.Add(
            $"{(shownCurrency is null ? dialect.AsText("NULL") : dialect.AsText(_expressions.Render(shownCurrency)))} AS c"
        );
        columns.AddRange(groups.Select((group, index) => $"{_expressions.Render(group)} AS g{index}"));
        var text = new NodeRenderer(_expressions, parameters, access.Masks)
            .Rows(string.Join(", ", columns), rows)
            .ToString();
        return new CompiledSide(
            new SqlText(text, parameters.Values),
            [.. rows.Relations.Distinct()],
            [.. filters.Select(filter => filter.Words)],
            request.By.Count > 0 ? request.By : [request.Entity ?? leaf.Measure.Expression],
            int.TryParse(
                metric.Header.Meta.GetValueOrDefault("decimals"),
                CultureInfo.InvariantCulture,
                out var decimals
            )
                ? Math.Clamp(decimals, 0, 18)
                : null
        )
        {
            IsDistinct = isDistinct,
        };
    }

    private static List<PlanExpression> Keys(
        SideRequest request,
        MetricLeaf leaf,
        SourceBuilder source,
        BoundQuery bound,
        PlanExpression counted,
        bool isDistinct
    )
    {
        if (request.By.Count > 0)
        {
            return [.. bound.GroupBy.Take(request.By.Count).Select(source.Key)];
        }

        if (isDistinct || request.Entity is null)
        {
            return [counted];
        }

        var entity =
            leaf.Model.FindEntity(request.Entity)
            ?? throw MetricDiagnostics
                .NoSuchKey.With(leaf.Metric.Name, request.Entity)
                .Suggesting(request.Entity, [.. leaf.Model.Entities.Select(known => known.Name)])
                .ToException();
        return [source.Root(entity.Expression)];
    }

    private static DimensionReference Bound(BoundQuery bound, List<string> dimensions, string name) =>
        bound.GroupBy[dimensions.Distinct(StringComparer.Ordinal).ToList().IndexOf(name)];

    private static bool IsOnTime(Condition condition) => condition.Dimensions.Any(dimension => dimension.IsMetricTime);

    private static string Value(Aggregation aggregation, string column) =>
        aggregation switch
        {
            Aggregation.Sum => column,
            Aggregation.SumBoolean => $"CASE WHEN {column} THEN 1 ELSE 0 END",
            _ => $"CASE WHEN {column} IS NULL THEN 0 ELSE 1 END",
        };

    private static SideFilter Filter(string words, Condition condition, SourceBuilder source) =>
        new(
            words,
            source.Bind(condition, source.Outermost),
            [
                .. condition
                    .Operands.OfType<DimensionReference>()
                    .Select(source.Partner)
                    .OfType<PlanExpression>()
                    .Distinct(),
            ]
        );

    // What is neither true nor false does not let a row in.
    private string FirstFailing(List<SideFilter> filters, ConditionRenderer conditions)
    {
        var cases = filters
            .Select(
                (filter, index) =>
                    $" WHEN NOT coalesce(({conditions.Render(filter.Condition)}), false) THEN {Number(filter, index + 1)}"
            )
            .ToList();
        return cases.Count == 0 ? "0" : $"CASE{string.Concat(cases)} ELSE 0 END";

        string Number(SideFilter filter, int number) =>
            filter.Partners.Count == 0
                ? $"{number}"
                : $"CASE WHEN {string.Join(" OR ", filter.Partners.Select(key => $"{_expressions.Render(key)} IS NULL"))} THEN {filters.Count + number} ELSE {number} END";
    }

    /// <param name="Partners">Keys of joined tables, of which an empty one means that the filter had nothing to look at.</param>
    private sealed record SideFilter(string Words, BoundCondition Condition, IReadOnlyList<PlanExpression> Partners);
}

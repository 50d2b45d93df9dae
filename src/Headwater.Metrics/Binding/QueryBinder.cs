using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Names;
using Headwater.Metrics.Conditions;
using Headwater.Metrics.Requests;
using Headwater.Metrics.Semantics;
using Headwater.Metrics.Time;

namespace Headwater.Metrics.Binding;

/// <summary>Resolves the names of a request, reporting all that are wrong at once. Stateless; safe for several threads.</summary>
public sealed class QueryBinder(MetricModel model)
{
    private readonly ReferenceBinder _references = new(model);
    private readonly VariantBinder _variants = new(model);

    /// <exception cref="DiagnosticException">HW41xx: every mistake of the request.</exception>
    public BoundQuery Bind(MetricRequest request)
    {
        var diagnostics = new DiagnosticBag();
        ReportShape(request, diagnostics);
        var named = request.Metrics.Select(name => (Name: name, Found: FindMetric(name, diagnostics))).ToList();
        var metrics = named
            .Select(item => item.Found?.Metric)
            .OfType<Metric>()
            .DistinctBy(metric => metric.Name)
            .ToList();
        var groupBy = request.GroupBy.Select(text => _references.Read(text)).ToList();
        var where = request.Where.Select(text => ReadCondition(text, diagnostics)).OfType<Condition>().ToList();
        var operands = groupBy.Concat(where.SelectMany(condition => condition.Operands)).Distinct().ToList();

        SemanticModel? dimensionModel = null;
        if (named.TrueForAll(item => item.Found is not null))
        {
            // What each name stands for in full, so that equal names mean the same in every metric.
            IReadOnlyDictionary<FilterOperand, FilterOperand> whole;
            if (metrics.Count > 0)
            {
                whole = _references.Complete(metrics, operands, diagnostics);
            }
            else
            {
                (dimensionModel, whole) = _references.CompleteDimensions(operands, diagnostics);
            }

            groupBy =
            [
                .. groupBy.Select(reference => (DimensionReference)whole.GetValueOrDefault(reference, reference)),
            ];
            where = [.. where.Select(condition => condition.Map(item => whole.GetValueOrDefault(item, item)))];
        }

        groupBy = [.. groupBy.Select(reference => _references.WithGrain(reference, metrics, dimensionModel))];
        List<AskedMetric> asked =
        [
            .. named
                .Select(item =>
                    item.Found is { } found
                        ? _variants.Bind(
                            item.Name.Trim().ToLowerInvariant(),
                            found.Metric,
                            found.Suffix,
                            groupBy,
                            request.Time,
                            diagnostics
                        )
                        : null
                )
                .OfType<AskedMetric>(),
        ];
        IReadOnlyList<string> columns =
        [
            .. groupBy.Select(reference => reference.ToString()),
            .. asked.Select(metric => metric.Name),
        ];
        ReportRepeated(columns, diagnostics);
        if (request.Time is { } time)
        {
            where.AddRange(Bounds(time, metrics, groupBy));
        }

        var order = BindOrder(request, columns, groupBy, diagnostics);
        diagnostics.ThrowIfErrors();
        return new BoundQuery(metrics, groupBy, where, order, request.Limit, dimensionModel)
        {
            Asked = asked,
            KeepsDuplicates = request.KeepsDuplicates,
            BoundsOnly = request.BoundsOnly,
        };
    }

    private static void ReportShape(MetricRequest request, DiagnosticBag diagnostics)
    {
        if (request.Metrics.Count == 0 && request.GroupBy.Count == 0)
        {
            diagnostics.Add(MetricDiagnostics.NothingAsked.With());
        }

        if (request.Limit <= 0)
        {
            diagnostics.Add(MetricDiagnostics.BadLimit.With(request.Limit));
        }

        if (request.BoundsOnly && request.Metrics.Count > 0)
        {
            diagnostics.Add(MetricDiagnostics.NothingToBound.With());
        }
    }

    private (Metric Metric, string Suffix)? FindMetric(string name, DiagnosticBag diagnostics)
    {
        var found = _variants.Find(name);
        if (found is null)
        {
            diagnostics.Add(
                MetricDiagnostics
                    .UnknownMetric.With(name)
                    .Suggesting(name, [.. model.Metrics.Select(known => known.Name)])
            );
        }

        return found;
    }

    private Condition? ReadCondition(string text, DiagnosticBag diagnostics)
    {
        try
        {
            return ConditionParser.Parse(text).Map(_references.Read);
        }
        catch (DiagnosticException problem)
        {
            diagnostics.AddRange(problem.Diagnostics);
            return null;
        }
    }

    private static IEnumerable<Condition> Bounds(
        TimeBounds time,
        List<Metric> metrics,
        List<DimensionReference> groupBy
    )
    {
        var shown = groupBy.Where(reference => reference.IsMetricTime).Select(reference => reference.Grain).Min();
        var grain = shown ?? DefaultGrains.OfMetricTime(metrics);
        var metricTime = new DimensionReference([], DimensionReference.MetricTime, null);
        if (time.From is { } from)
        {
            yield return new Comparison(metricTime, ComparisonOperator.GreaterOrEqual, Text(grain.Start(from)));
        }

        if (time.To is { } to)
        {
            yield return new Comparison(metricTime, ComparisonOperator.Less, Text(grain.Add(grain.Start(to), 1)));
        }

        static string Text(DateTime instant) =>
            instant.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", System.Globalization.CultureInfo.InvariantCulture);
    }

    private static void ReportRepeated(IReadOnlyList<string> columns, DiagnosticBag diagnostics)
    {
        foreach (var repeated in columns.GroupBy(name => name).Where(group => group.Skip(1).Any()))
        {
            diagnostics.Add(MetricDiagnostics.DuplicateColumn.With(repeated.Key));
        }
    }

    private static List<SortKey> BindOrder(
        MetricRequest request,
        IReadOnlyList<string> columns,
        List<DimensionReference> groupBy,
        DiagnosticBag diagnostics
    )
    {
        var keys = new List<SortKey>();
        foreach (var text in request.OrderBy)
        {
            var descending = text.StartsWith('-');
            var name = text.TrimStart('-', '+').Trim().ToLowerInvariant();
            var column = columns.ToList().IndexOf(name);
            if (column < 0)
            {
                // metric_time in the order means the grain that was asked for.
                column = groupBy.FindIndex(reference => reference.BaseName == name);
            }

            if (column < 0)
            {
                diagnostics.Add(MetricDiagnostics.UnknownOrder.With(text).Suggesting(name, [.. columns]));
            }
            else
            {
                keys.Add(new SortKey(column, descending));
            }
        }

        return keys;
    }
}

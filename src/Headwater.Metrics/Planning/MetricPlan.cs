using Headwater.Kernel.Names;
using Headwater.Metrics.Binding;
using Headwater.Metrics.Conditions;
using Headwater.Metrics.Semantics;
using Headwater.Metrics.Time;

namespace Headwater.Metrics.Planning;

/// <summary>
/// How a metric query is answered, as data: each table of measures is scanned and aggregated to the query's grain, then the scans meet on the
/// keys, then metrics are computed. Rendered to SQL by <c>PlanRenderer</c>.
/// </summary>
/// <param name="Scans">At least one.</param>
/// <param name="Keys">Result names of the group keys; every scan has the same keys in this order.</param>
/// <param name="Outputs">Metrics in the order asked for.</param>
public sealed record MetricPlan(
    IReadOnlyList<AggregateScan> Scans,
    IReadOnlyList<string> Keys,
    IReadOnlyList<MetricOutput> Outputs,
    IReadOnlyList<SortKey> OrderBy,
    int? Limit
)
{
    /// <summary>The tables that are read.</summary>
    public IEnumerable<RelationName> Relations => Scans.SelectMany(scan => scan.Sources.Relations).Distinct();
}

/// <summary>A table with its joins, grouped and aggregated.</summary>
/// <param name="Keys">What is grouped by, in the order of <see cref="MetricPlan.Keys"/>.</param>
/// <param name="Filters">What every row fulfils.</param>
public sealed record AggregateScan(
    ScanSources Sources,
    IReadOnlyList<DimensionReference> Keys,
    IReadOnlyList<PlannedAggregate> Aggregates,
    IReadOnlyList<PlannedFilter> Filters
);

/// <summary>The rows behind a number, not aggregated.</summary>
/// <param name="Columns">Result names and what they are.</param>
public sealed record RowsPlan(
    ScanSources Sources,
    IReadOnlyList<(string Name, PlanColumn Column)> Columns,
    IReadOnlyList<PlannedFilter> Filters,
    int Limit
);

/// <param name="Column">The measure's expression.</param>
/// <param name="Filters">Which rows count for it alone; empty where the scan's own filters say it all.</param>
public sealed record PlannedAggregate(Measure Measure, PlanColumn Column, IReadOnlyList<FilterTemplate> Filters);

/// <summary>A condition on rows. A closed set.</summary>
public abstract record PlannedFilter;

/// <summary>From the query.</summary>
public sealed record QueryFilter(Condition Condition) : PlannedFilter;

/// <summary>From the definitions: rows that any of these lists of templates admits wholly.</summary>
public sealed record DefinitionFilter(IReadOnlyList<IReadOnlyList<FilterTemplate>> Alternatives) : PlannedFilter;

/// <summary>From a row rule.</summary>
public sealed record RestrictionFilter(RowRestriction Restriction) : PlannedFilter;

/// <summary>A row rule with the values of the one who asks: only these are seen.</summary>
/// <param name="Values">Permitted values as text; none permits no row.</param>
public sealed record RowRestriction(DimensionReference Dimension, IReadOnlyList<string> Values);

/// <summary>An expression of one table in a scan.</summary>
/// <param name="Source">Index of the table in <see cref="ScanSources"/>.</param>
/// <param name="Index">Index of the expression among those that the table gives.</param>
public readonly record struct PlanColumn(int Source, int Index);

/// <summary>A dimension as a scan has it.</summary>
/// <param name="Grain">The finest grain, null for a category.</param>
public sealed record PlanDimension(PlanColumn Column, Grain? Grain);

/// <summary>What a metric of the result is computed from. A closed set.</summary>
public abstract record OutputExpression;

public sealed record AggregateOutput(int Scan, int Aggregate, string? FillNullsWith) : OutputExpression;

public sealed record RatioOutput(OutputExpression Numerator, OutputExpression Denominator) : OutputExpression;

/// <param name="Expression">SQL of the definition.</param>
/// <param name="Inputs">What each alias in it stands for.</param>
public sealed record DerivedOutput(string Expression, IReadOnlyDictionary<string, OutputExpression> Inputs)
    : OutputExpression;

public sealed record MetricOutput(string Name, OutputExpression Expression);

using Headwater.Kernel.Diagnostics;

namespace Headwater.Metrics;

/// <summary>What can be wrong with metric definitions, and with questions about metrics.</summary>
public static class MetricDiagnostics
{
    public static readonly DiagnosticDescriptor UnknownModel = Author(
        "HW4001",
        "The semantic model '{0}' describes the model '{1}', which does not exist."
    );

    public static readonly DiagnosticDescriptor UnknownMeasure = Author("HW4002", "There is no measure '{0}'.");

    public static readonly DiagnosticDescriptor UnknownInput = Author(
        "HW4003",
        "The metric '{0}' uses the metric '{1}', which does not exist."
    );

    public static readonly DiagnosticDescriptor MetricCycle = Author(
        "HW4004",
        "The metric '{0}' depends on itself: {1}."
    );

    public static readonly DiagnosticDescriptor UnsupportedType = new(
        "HW4005",
        Severity.Warning,
        Audience.Author,
        "The metric '{0}' is of type '{1}', which this version cannot answer; it is left out.",
        "types: simple, ratio, derived, cumulative, conversion"
    );

    public static readonly DiagnosticDescriptor BadFilter = Author(
        "HW4006",
        "The filter cannot be read at '{0}'.",
        "write dimensions as {{{{ Dimension('entity__name') }}}} or {{{{ TimeDimension('metric_time', 'month') }}}}"
    );

    public static readonly DiagnosticDescriptor NoTimeDimension = Author(
        "HW4007",
        "The measure '{0}' has no time: neither it nor its semantic model names an agg_time_dimension."
    );

    public static readonly DiagnosticDescriptor UnknownTimeDimension = Author(
        "HW4008",
        "'{0}' is not a time dimension of the semantic model '{1}'."
    );

    public static readonly DiagnosticDescriptor BadModelReference = Author(
        "HW4009",
        "'{0}' does not name a model.",
        "write model: ref('name')"
    );

    public static readonly DiagnosticDescriptor UnknownDefinitionDimension = Author(
        "HW4010",
        "The metric '{0}' filters by '{1}', which cannot be reached from its measure."
    );

    public static readonly DiagnosticDescriptor NoPrimaryEntity = Author(
        "HW4011",
        "The semantic model '{0}' has dimensions but no primary entity to name them by.",
        "give one entity the type primary, or set primary_entity"
    );

    public static readonly DiagnosticDescriptor DuplicateName = Author(
        "HW4012",
        "The {0} '{1}' is defined here and in {2}."
    );

    public static readonly DiagnosticDescriptor BadPercentile = Author(
        "HW4013",
        "The measure '{0}' needs agg_params.percentile between 0 and 1."
    );

    public static readonly DiagnosticDescriptor BadLength = Author(
        "HW4014",
        "'{0}' is not a length of time.",
        "for example: 7 days, 1 month"
    );

    public static readonly DiagnosticDescriptor SpineWithoutGrain = Author(
        "HW4015",
        "The time spine '{0}' does not say the grain of its column '{1}'.",
        "give the column a granularity, such as day"
    );

    public static readonly DiagnosticDescriptor InputNotSimple = Author(
        "HW4016",
        "The metric '{0}' adds up '{1}', which is not a simple metric."
    );

    public static readonly DiagnosticDescriptor MetricOutsideModel = Author(
        "HW4017",
        "The metric '{0}' aggregates a column, but stands in no model with a semantic_model.",
        "move it under metrics: of the model whose column it aggregates"
    );

    public static readonly DiagnosticDescriptor UnknownSemanticModel = Author(
        "HW4018",
        "The metric '{0}' aggregates the semantic model '{1}', which does not exist."
    );

    public static readonly DiagnosticDescriptor UnknownEntity = Author(
        "HW4019",
        "The metric '{0}' follows the entity '{1}', which the semantic model '{2}' does not have."
    );

    public static readonly DiagnosticDescriptor WindowAndGrain = Author(
        "HW4020",
        "The metric '{0}' has both a window and a grain_to_date.",
        "keep one of them"
    );

    public static readonly DiagnosticDescriptor CustomWindow = Author(
        "HW4021",
        "The metric '{0}' counts conversions within '{1}', whose length changes from period to period.",
        "conversions are counted within nanoseconds to years"
    );

    public static readonly DiagnosticDescriptor UnknownGrain = Author(
        "HW4022",
        "The metric '{0}' uses the grain '{1}', which no time spine and no calendar has."
    );

    public static readonly DiagnosticDescriptor GrainFinerThanTime = Author(
        "HW4025",
        "The metric '{0}' counts in '{1}', but its time is kept by {2}.",
        "count in periods that are made of whole ones of its time"
    );

    public static readonly DiagnosticDescriptor NoTimeSpine = new(
        "HW4023",
        Severity.Warning,
        Audience.Author,
        "The metric '{0}' needs a time spine of grain {1} or finer.",
        "give a model with one row for each period a time_spine with standard_granularity_column"
    );

    public static readonly DiagnosticDescriptor RollupNotAdditive = Author(
        "HW4040",
        "The rollup '{0}' cannot keep '{1}': of its measure '{2}' no total can be had from parts, for {3}.",
        "leave the metric out: questions about it are answered from the table itself"
    );

    public static readonly DiagnosticDescriptor RollupOfSeveral = Author(
        "HW4041",
        "The rollup '{0}' keeps '{2}' and '{1}', which do not count the rows of one table under the same time.",
        "declare a rollup for each of them"
    );

    public static readonly DiagnosticDescriptor RollupFilter = Author(
        "HW4042",
        "'{0}' is filtered by '{1}', which is not among the dimensions of the rollup.",
        "add it to the dimensions"
    );

    public static readonly DiagnosticDescriptor NotExported = new(
        "HW4050",
        Severity.Warning,
        Audience.Author,
        "The saved query '{0}' is not exported, for it has no answer: {1}"
    );

    public static readonly DiagnosticDescriptor ExportIsTable = new(
        "HW4051",
        Severity.Warning,
        Audience.Author,
        "The export '{0}' of the saved query '{1}' is a table, not a view: a build replaces what a view would read, and publishes both at once.",
        "write export_as: table"
    );

    public static readonly DiagnosticDescriptor BadTimeZone = Author(
        "HW4024",
        "'{0}' is not a time zone.",
        "IANA names such as UTC or Europe/Berlin"
    );

    public static readonly DiagnosticDescriptor UnknownMetric = Viewer("HW4101", "There is no metric '{0}'.");

    public static readonly DiagnosticDescriptor UnknownDimension = Viewer("HW4102", "'{0}' is not a dimension of {1}.");

    public static readonly DiagnosticDescriptor AmbiguousPath = Viewer(
        "HW4103",
        "'{0}' can be reached from '{1}' in more than one way: {2}."
    );

    public static readonly DiagnosticDescriptor BadCondition = Viewer(
        "HW4104",
        "The condition cannot be read at position {0}: {1}.",
        "for example: account__region in ('East', 'West') and metric_time >= '2025-01-01'"
    );

    public static readonly DiagnosticDescriptor NotATime = Viewer(
        "HW4105",
        "'{0}' is not a time, so it has no grain '{1}'."
    );

    public static readonly DiagnosticDescriptor GrainTooFine = Viewer(
        "HW4106",
        "'{0}' is kept by {1}: it cannot be shown by {2}."
    );

    public static readonly DiagnosticDescriptor BadDate = Viewer(
        "HW4107",
        "'{0}' is not a date that '{1}' could be compared with.",
        "write dates as 2025-01-31, times as 2025-01-31T08:00:00"
    );

    public static readonly DiagnosticDescriptor UnknownOrder = Viewer(
        "HW4108",
        "The result cannot be ordered by '{0}': it is not one of its columns."
    );

    public static readonly DiagnosticDescriptor NothingAsked = Viewer(
        "HW4109",
        "The query names neither a metric nor a dimension."
    );

    public static readonly DiagnosticDescriptor BadLimit = Viewer("HW4110", "The limit {0} is not above 0.");

    public static readonly DiagnosticDescriptor NoCommonModel = Viewer(
        "HW4111",
        "No table has all of {0}.",
        "add a metric, which says over which table they meet"
    );

    public static readonly DiagnosticDescriptor NoRows = Viewer(
        "HW4112",
        "'{0}' is computed from several tables, so no one list of rows gives it.",
        "ask for the rows of one of its inputs: {1}"
    );

    public static readonly DiagnosticDescriptor BadRange = Viewer(
        "HW4113",
        "'{0}' is not a range of time.",
        "for example: last 12 months, latest 12 months, this quarter, previous year, 2025-01-01..2025-03-31, all time"
    );

    public static readonly DiagnosticDescriptor DuplicateColumn = Viewer("HW4114", "'{0}' is asked for twice.");

    public static readonly DiagnosticDescriptor RuleOutOfReach = Viewer(
        "HW4115",
        "'{0}' is not visible to you: your access is limited by '{1}', which its table does not have."
    );

    public static readonly DiagnosticDescriptor NoWay = Viewer(
        "HW4116",
        "'{0}' cannot be shown for {1}: no join leads to it from '{2}'.",
        "possible for {1}: {3}"
    );

    public static readonly DiagnosticDescriptor NeedsTime = Viewer(
        "HW4117",
        "'{0}' depends on the time it is shown for.",
        "add metric_time to the dimensions, such as metric_time__month"
    );

    public static readonly DiagnosticDescriptor UnknownCustomGrain = Viewer("HW4118", "There is no grain '{0}'.");

    public static readonly DiagnosticDescriptor NoSpineFor = Viewer(
        "HW4119",
        "'{0}' needs a time spine of grain {1} or finer, and the project has none."
    );

    public static readonly DiagnosticDescriptor UnknownSavedQuery = Viewer("HW4120", "There is no saved query '{0}'.");

    public static readonly DiagnosticDescriptor DifferentPaths = Viewer(
        "HW4121",
        "'{0}' means '{1}' for one metric and '{2}' for another.",
        "write the whole path, or ask for one of the metrics"
    );

    public static readonly DiagnosticDescriptor FilterCycle = Viewer(
        "HW4123",
        "The filters of '{0}' hold metrics whose filters hold metrics without end."
    );

    public static readonly DiagnosticDescriptor DoesNotAddUp = Viewer("HW4124", "'{0}' has no {1}: {2}.");

    public static readonly DiagnosticDescriptor PeriodsDoNotFit = Viewer(
        "HW4125",
        "'{0}' does not fall on whole periods: the query shows each {1}.",
        "compare with whole periods, such as previous_period or previous_year"
    );

    public static readonly DiagnosticDescriptor NoTarget = Viewer(
        "HW4126",
        "'{0}' names no target.",
        "give it meta: {{target: name_of_a_metric}}"
    );

    public static readonly DiagnosticDescriptor NothingToBound = Viewer(
        "HW4122",
        "Only dimensions have least and greatest values; the query also names metrics."
    );

    public static readonly DiagnosticDescriptor CannotReconcile = Viewer(
        "HW4130",
        "'{0}' cannot be reconciled row by row: {1}."
    );

    public static readonly DiagnosticDescriptor NoSuchKey = Viewer("HW4131", "The table of '{0}' has no entity '{1}'.");

    private static DiagnosticDescriptor Author(string code, string format, string? hint = null) =>
        new(code, Severity.Error, Audience.Author, format, hint);

    private static DiagnosticDescriptor Viewer(string code, string format, string? hint = null) =>
        new(code, Severity.Error, Audience.Viewer, format, hint);
}

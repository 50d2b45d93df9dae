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
        "types: simple, ratio, derived"
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

    private static DiagnosticDescriptor Author(string code, string format, string? hint = null) =>
        new(code, Severity.Error, Audience.Author, format, hint);

    private static DiagnosticDescriptor Viewer(string code, string format, string? hint = null) =>
        new(code, Severity.Error, Audience.Viewer, format, hint);
}

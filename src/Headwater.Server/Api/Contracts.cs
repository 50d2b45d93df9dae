using System.Text.Json;

namespace Headwater.Server.Api;

/// <summary>A metric query.</summary>
/// <param name="Metrics">Metric names; none asks for dimensions alone.</param>
/// <param name="GroupBy">Dimensions such as <c>account__region</c> or <c>metric_time__month</c>.</param>
/// <param name="Where">Conditions that all hold, such as <c>account__region in ('East', 'West')</c>.</param>
/// <param name="OrderBy">Result columns, descending with a leading minus.</param>
/// <param name="Limit">Most rows.</param>
/// <param name="SavedQuery">A saved query to start from: its metrics, dimensions and conditions come before these.</param>
/// <param name="From">The first day or instant of <c>metric_time</c>, widened to whole periods of the grain that is shown.</param>
/// <param name="To">The last day or instant, widened likewise.</param>
/// <param name="Bounds">Only the least and greatest value of each dimension, in one row; without metrics.</param>
/// <param name="KeepDuplicates">Without metrics: a row for each row of the tables instead of one for each combination.</param>
/// <param name="PageSize">Rows of a page, at most 10,000: the answer then has a <c>next_cursor</c> until the last page.</param>
/// <param name="Cursor">The <c>next_cursor</c> of the page before, with the same question.</param>
internal sealed record QueryRequest(
    IReadOnlyList<string>? Metrics = null,
    IReadOnlyList<string>? GroupBy = null,
    IReadOnlyList<string>? Where = null,
    IReadOnlyList<string>? OrderBy = null,
    int? Limit = null,
    string? SavedQuery = null,
    DateTime? From = null,
    DateTime? To = null,
    bool Bounds = false,
    bool KeepDuplicates = false,
    int? PageSize = null,
    string? Cursor = null
);

/// <summary>One SELECT over published tables.</summary>
internal sealed record SqlRequest(string Sql);

/// <summary>A result: columns and rows in the order of the query.</summary>
/// <param name="NextCursor">Where the next page begins; absent on the last page, and of answers that are whole.</param>
internal sealed record ResultDocument(
    IReadOnlyList<ResultDocumentColumn> Columns,
    IReadOnlyList<IReadOnlyList<JsonElement>> Rows,
    string? NextCursor = null
);

internal sealed record ResultDocumentColumn(string Name, string Type);

internal sealed record MetricList(IReadOnlyList<MetricItem> Metrics);

internal sealed record MetricItem(
    string Name,
    string Label,
    string? Description,
    string Type,
    string Formula,
    string? Owner,
    string? Format,
    IReadOnlyList<string> Models,
    IReadOnlyList<string> Dimensions
);

internal sealed record DimensionList(IReadOnlyList<DimensionItem> Dimensions);

internal sealed record DimensionItem(
    string Name,
    string Label,
    string? Description,
    bool IsTime,
    IReadOnlyList<string> Grains
);

/// <summary>Values that a dimension takes, in order; null is the absence of one.</summary>
/// <param name="NextCursor">Where the next page begins, if pages were asked for and there is one.</param>
internal sealed record DimensionValues(IReadOnlyList<string?> Values, string? NextCursor = null);

internal sealed record DashboardList(IReadOnlyList<DashboardItem> Dashboards);

internal sealed record DashboardItem(string Name, string Title, string? Description, int Tiles);

/// <summary>The statement behind a tile's numbers.</summary>
internal sealed record TileSql(string Sql);

internal sealed record RunList(IReadOnlyList<RunItem> Runs);

internal sealed record RunItem(
    string Id,
    string Kind,
    string Cause,
    string State,
    DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt,
    string? Message
);

internal sealed record RunDetailItem(RunItem Run, IReadOnlyList<LandingItem> Landings, IReadOnlyList<NodeItem> Nodes);

internal sealed record NodeItem(string Node, string Kind, string State, double ElapsedMs, long? Rows, string? Message);

internal sealed record LandingItem(
    string Source,
    string Stream,
    string State,
    DateTimeOffset LandedAt,
    double ElapsedMs,
    long Files,
    long RowsRead,
    long RowsLanded,
    long RowsQuarantined,
    string? Message
);

internal sealed record SourceList(IReadOnlyList<SourceItem> Sources);

internal sealed record SourceItem(
    string Name,
    string? Description,
    string Connector,
    string? Schedule,
    string Freshness,
    DateTimeOffset? LandedAt,
    IReadOnlyList<StreamItem> Streams
);

internal sealed record StreamItem(string Name, LandingItem? LastLanding);

/// <summary>Where columns of a relation come from and go to.</summary>
/// <param name="Relation">Schema and name.</param>
/// <param name="UniqueId">dbt's id of what makes it; absent for a table that no query makes.</param>
/// <param name="FiltersOn">The columns that decide which rows it has.</param>
/// <param name="Gaps">Why something is not known, for those who may see everything.</param>
/// <param name="Complete">False when something is not known.</param>
/// <param name="Hidden">True when something is left out that the asker may not see.</param>
internal sealed record LineageDocument(
    string Relation,
    string? UniqueId,
    IReadOnlyList<LineageDocumentColumn> Columns,
    IReadOnlyList<LineageDocumentFilter> FiltersOn,
    IReadOnlyList<string> Gaps,
    bool Complete,
    bool Hidden
);

internal sealed record LineageDocumentColumn(
    string Name,
    IReadOnlyList<LineageDocumentStep> Upstream,
    IReadOnlyList<LineageDocumentStep> Downstream,
    bool Complete
);

/// <summary>A column on the way.</summary>
/// <param name="Kind">What the upper is to the lower: copied, transformed, aggregated, or a condition.</param>
/// <param name="Steps">How far it is, in relations that the asker may see.</param>
internal sealed record LineageDocumentStep(string Relation, string Column, string Kind, int Steps);

internal sealed record LineageDocumentFilter(string Relation, string Column);

internal sealed record Health(string Status);

/// <summary>Two numbers that should agree.</summary>
/// <param name="Where">Conditions on the rows of both metrics.</param>
/// <param name="From">First day, by the time of each metric.</param>
/// <param name="To">Last day.</param>
/// <param name="GroupBy">Dimensions of both metrics by which the gap is shown too.</param>
/// <param name="By">Dimensions whose combinations are compared as wholes, where rows cannot be matched.</param>
/// <param name="Entity">The entity that rows are matched by; by default one that both have.</param>
/// <param name="Cause">The id of a cause, to get its rows.</param>
internal sealed record ReconcileBody(
    ReconcileBodyMetric Left,
    ReconcileBodySide Right,
    IReadOnlyList<string>? Where = null,
    DateOnly? From = null,
    DateOnly? To = null,
    IReadOnlyList<string>? GroupBy = null,
    IReadOnlyList<string>? By = null,
    string? Entity = null,
    string? Cause = null,
    int? PageSize = null,
    string? Cursor = null
);

internal sealed record ReconcileBodyMetric(string Metric, string? Entity = null);

/// <summary>A metric; or SQL, or a file, with the columns of keys and values.</summary>
/// <param name="Decimals">Digits behind the point to which numbers of SQL or a file are taken.</param>
internal sealed record ReconcileBodySide(
    string? Metric = null,
    string? Entity = null,
    string? Sql = null,
    ReconcileBodyFile? File = null,
    string? Key = null,
    string? Value = null,
    int? Decimals = null
);

/// <param name="Name">Its name, of which the ending says what it is: csv or xlsx.</param>
/// <param name="Content">Base64.</param>
/// <param name="Sheet">The sheet of a workbook; the first by default.</param>
internal sealed record ReconcileBodyFile(string Name, byte[] Content, string? Sheet = null);

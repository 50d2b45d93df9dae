using Headwater.Metrics.Requests;

namespace Headwater.Query.Reconciling;

/// <summary>Asks why two numbers that should agree do not.</summary>
/// <param name="Request">Which numbers.</param>
/// <param name="Principal">Who asks: both sides are what they may see.</param>
/// <param name="Path">The door.</param>
/// <param name="Origin">Network address or terminal, for the audit; null if unknown.</param>
public sealed record ReconcileInquiry(ReconcileRequest Request, Principal Principal, QuestionPath Path, string? Origin);

/// <summary>Two numbers that should agree.</summary>
/// <param name="Left">A metric.</param>
/// <param name="Right">A metric, a query or a list; the gap is left less right.</param>
public sealed record ReconcileRequest(MetricSide Left, ReconcileSide Right)
{
    /// <summary>Conditions that the rows of both metrics have to fulfil; a query or list is taken as it is.</summary>
    public IReadOnlyList<string> Where { get; init; } = [];

    /// <summary>The span of <c>metric_time</c> of each metric by its own time, or null.</summary>
    public TimeBounds? Time { get; init; }

    /// <summary>Dimensions of both metrics by which the gap is shown too.</summary>
    public IReadOnlyList<string> GroupBy { get; init; } = [];

    /// <summary>Dimensions whose combinations are compared as wholes, where rows cannot be matched; empty to match rows.</summary>
    public IReadOnlyList<string> By { get; init; } = [];

    /// <summary>The entity by which rows of two metrics are matched; null for one that both have.</summary>
    public string? Entity { get; init; }
}

/// <summary>A number. A closed set.</summary>
public abstract record ReconcileSide;

/// <summary>A metric that sums or counts.</summary>
/// <param name="Entity">The entity that its rows are known by; needed against a query or list.</param>
public sealed record MetricSide(string Metric, string? Entity = null) : ReconcileSide;

/// <summary>User SQL: one SELECT, answered as any other of the asker's.</summary>
/// <param name="Key">The column that rows are matched by.</param>
/// <param name="Value">The column that is summed.</param>
/// <param name="Decimals">Digits behind the point of its floating-point numbers; 6 by default.</param>
public sealed record SqlSide(string Sql, string Key, string Value, int? Decimals = null) : ReconcileSide;

/// <summary>Keys and values of a spreadsheet, as texts.</summary>
/// <param name="Name">What it is called, in messages.</param>
/// <param name="Keys">A key a row; null or empty for none.</param>
/// <param name="Values">A number a row; null or empty adds nothing.</param>
/// <param name="Decimals">Digits behind the point to which its numbers are taken; all of them by default.</param>
public sealed record ListSide(
    string Name,
    IReadOnlyList<string?> Keys,
    IReadOnlyList<string?> Values,
    int? Decimals = null
) : ReconcileSide;

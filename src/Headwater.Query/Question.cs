using Headwater.Metrics.Requests;

namespace Headwater.Query;

/// <summary>What is asked. A closed set: everything that reads user data is one of these.</summary>
public abstract record Question;

/// <summary>Metrics by dimensions.</summary>
public sealed record MetricQuestion(MetricRequest Request) : Question;

/// <summary>The rows behind a number: those that give it under the metric's own aggregation.</summary>
/// <param name="Metric">The one metric.</param>
/// <param name="Where">The filters under which the number stands, the cell's own coordinates included.</param>
/// <param name="Limit">Most rows.</param>
public sealed record RowsQuestion(string Metric, IReadOnlyList<string> Where, int Limit) : Question;

/// <summary>The values that a dimension takes, in order.</summary>
/// <param name="Dimension">A dimension name.</param>
/// <param name="Metrics">Only values that occur with these metrics; empty takes the dimension's own table.</param>
/// <param name="Search">Only values that contain this text, ignoring case.</param>
/// <param name="Limit">Most values.</param>
public sealed record DimensionValuesQuestion(string Dimension, IReadOnlyList<string> Metrics, string? Search, int Limit)
    : Question;

/// <summary>User SQL: one SELECT over published tables.</summary>
public sealed record SqlQuestion(string Sql) : Question;

/// <summary>By which door a question came in.</summary>
public enum QuestionPath
{
    Page,
    Api,
    Export,
    CommandLine,
}

/// <summary>A question with who asks it and how it came in.</summary>
/// <param name="Question">What is asked.</param>
/// <param name="Principal">Who asks.</param>
/// <param name="Path">The door.</param>
/// <param name="Origin">Network address or terminal, for the audit; null if unknown.</param>
public sealed record Inquiry(Question Question, Principal Principal, QuestionPath Path, string? Origin);

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

/// <summary>
/// A page of a question's rows. All pages of a walk are of one state of the tables and have one order: that of the question, then its dimensions; empty
/// values last.
/// </summary>
/// <param name="Of">The question: metrics, or values of a dimension, whose limit does not count.</param>
/// <param name="Size">Rows of a page, 1 to <see cref="MostRows"/>.</param>
/// <param name="Cursor">Where the page before ended; null for the first page.</param>
public sealed record PageQuestion(Question Of, int Size, string? Cursor) : Question
{
    public const int MostRows = 10_000;

    /// <summary>Rows of a page where nobody says.</summary>
    public const int UsualRows = 1_000;
}

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

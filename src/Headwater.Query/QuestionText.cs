using System.Buffers;
using System.Globalization;
using Headwater.Metrics.Requests;

namespace Headwater.Query;

/// <summary>A question in canonical words: equal for equal questions, different for different ones. Serves as cache key and in the audit.</summary>
internal static class QuestionText
{
    public static string Of(Question question) =>
        question switch
        {
            MetricQuestion metric => Of(metric.Request),
            RowsQuestion rows => string.Create(
                CultureInfo.InvariantCulture,
                $"rows of {rows.Metric}{Part(" where ", rows.Where)} limit {rows.Limit}"
            ),
            DimensionValuesQuestion values => string.Create(
                CultureInfo.InvariantCulture,
                $"values of {values.Dimension}{Part(" with ", values.Metrics)}{Search(values.Search)} limit {values.Limit}"
            ),
            PageQuestion page => string.Create(
                CultureInfo.InvariantCulture,
                $"page of {page.Size}{(page.Cursor is null ? "" : Part(" after ", [page.Cursor]))} of {Of(page.Of)}"
            ),
            SqlQuestion sql => "sql " + sql.Sql,
            _ => throw new InvalidOperationException($"unknown question {question.GetType().Name}"),
        };

    private static string Of(MetricRequest request) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"metrics{(request.SavedQuery is { } saved ? Part(" of ", [saved]) : "")}{Part(" ", request.Metrics)}{Part(" by ", request.GroupBy)}{Part(" where ", request.Where)}{Part(" order ", request.OrderBy)}{(request.Limit is { } limit ? $" limit {limit}" : "")}{Time(request.Time)}{(request.BoundsOnly ? " bounds" : "")}{(request.KeepsDuplicates ? " all" : "")}"
        );

    private static string Time(TimeBounds? time) =>
        time is null ? "" : string.Create(CultureInfo.InvariantCulture, $" from {time.From:O} to {time.To:O}");

    private static readonly SearchValues<char> Plain = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-"
    );

    // Whatever is not a plain name is measured, so that no text inside an item can look like another part.
    private static string Part(string word, IReadOnlyList<string> items) =>
        items.Count == 0
            ? ""
            : word
                + string.Join(
                    ", ",
                    items.Select(item => item.AsSpan().ContainsAnyExcept(Plain) ? $"{item.Length}:{item}" : item)
                );

    private static string Search(string? search) =>
        string.IsNullOrEmpty(search) ? "" : $" like {search.Length}:{search}";
}

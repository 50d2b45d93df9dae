using Headwater.Metrics.Requests;
using Headwater.Query;
using Headwater.Server.Pipeline;
using Headwater.Server.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Headwater.Server.Api;

/// <summary>Questions in words of metrics, and in SQL.</summary>
internal static class QueryEndpoints
{
    public static void Map(RouteGroupBuilder api, ServerParts parts)
    {
        api.MapPost(
                "/query",
                (HttpContext context, CancellationToken leaving) => QueryAsync(context, parts.Gate, leaving)
            )
            .WithName("query")
            .WithTags("Questions")
            .WithSummary("Asks for metrics by dimensions")
            .WithDescription(
                "With ?format=csv|xlsx|ndjson|parquet the answer comes as a file. With page_size it comes page by page, all of one state of the data."
            )
            .Accepts<QueryRequest>("application/json")
            .Answers<ResultDocument>();
        api.MapPost("/sql", (HttpContext context, CancellationToken leaving) => SqlAsync(context, parts.Gate, leaving))
            .WithName("sql")
            .WithTags("Questions")
            .WithSummary("Runs one SELECT over published tables")
            .WithDescription("With ?format=csv|xlsx|ndjson|parquet the answer comes as a file.")
            .Accepts<SqlRequest>("application/json")
            .Answers<ResultDocument>();
    }

    private static async Task QueryAsync(HttpContext context, IGate gate, CancellationToken cancellationToken)
    {
        var request = await RequestBody.ReadAsync(context, ApiJson.Default.QueryRequest, cancellationToken);
        var question = new MetricQuestion(
            new MetricRequest(
                Texts(request.Metrics, "metrics"),
                Texts(request.GroupBy, "group_by"),
                Texts(request.Where, "where"),
                Texts(request.OrderBy, "order_by"),
                request.Limit
            )
            {
                SavedQuery = request.SavedQuery,
                Time = request is { From: null, To: null } ? null : new TimeBounds(request.From, request.To),
                BoundsOnly = request.Bounds,
                KeepsDuplicates = request.KeepDuplicates,
            }
        );
        var isPaged = request.PageSize is not null || request.Cursor is not null;
        if (isPaged && context.Request.Query.TryGetValue("format", out var format) && format != "json")
        {
            throw ServerDiagnostics
                .BodyUnreadable.With("pages come as JSON: leave format or page_size out")
                .ToException();
        }

        await AnswerAsync(
            context,
            gate,
            isPaged ? new PageQuestion(question, request.PageSize ?? PageQuestion.UsualRows, request.Cursor) : question,
            cancellationToken
        );
    }

    // The serializer keeps null out of fields, but not out of lists.
    private static IReadOnlyList<string> Texts(IReadOnlyList<string>? list, string field) =>
        list is null ? []
        : list.Contains(null!) ? throw ServerDiagnostics.BodyUnreadable.With($"{field} holds a null").ToException()
        : list;

    private static async Task SqlAsync(HttpContext context, IGate gate, CancellationToken cancellationToken)
    {
        var request = await RequestBody.ReadAsync(context, ApiJson.Default.SqlRequest, cancellationToken);
        await AnswerAsync(context, gate, new SqlQuestion(request.Sql), cancellationToken);
    }

    private static async Task AnswerAsync(
        HttpContext context,
        IGate gate,
        Question question,
        CancellationToken cancellationToken
    )
    {
        if (context.Request.Query.TryGetValue("format", out var format) && format != "json")
        {
            await Download.SendAsync(
                context,
                gate,
                question,
                QuestionPath.Api,
                "query",
                format.ToString(),
                cancellationToken
            );
            return;
        }

        var inquiry = new Inquiry(question, context.Session().Principal, QuestionPath.Api, context.Origin());
        await AnswerSender.SendAsync(context, await gate.AskAsync(inquiry, cancellationToken));
    }

    /// <summary>Says in the OpenAPI document what comes back.</summary>
    public static RouteHandlerBuilder Answers<T>(
        this RouteHandlerBuilder builder,
        string mediaType = "application/json"
    ) =>
        builder
            .Produces<T>(StatusCodes.Status200OK, mediaType)
            .Produces<Problem>(StatusCodes.Status400BadRequest, "application/problem+json")
            .Produces<Problem>(StatusCodes.Status401Unauthorized, "application/problem+json");
}

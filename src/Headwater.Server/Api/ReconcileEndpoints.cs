using Headwater.Metrics.Requests;
using Headwater.Platform.Reconciling;
using Headwater.Query;
using Headwater.Query.Reconciling;
using Headwater.Server.Pipeline;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Headwater.Server.Api;

/// <summary>Why two numbers that should agree do not.</summary>
internal static class ReconcileEndpoints
{
    // A file of twelve megabytes, as base64.
    private const int MostBytes = 16 * 1024 * 1024;

    public static void Map(RouteGroupBuilder api, ServerParts parts) =>
        api.MapPost(
                "/reconcile",
                (HttpContext context, CancellationToken leaving) => AnswerAsync(context, parts, leaving)
            )
            .WithName("reconcile")
            .WithTags("Questions")
            .WithSummary("Splits the gap between two numbers into causes that add up to it")
            .WithDescription(
                "The left side is a metric; the right one a metric, SQL with a key and a value column, or a CSV or XLSX file of them (base64). "
                    + "With cause, the id of one of the causes, the rows of that cause come page by page."
            )
            .Accepts<ReconcileBody>("application/json")
            .Answers<ReconciliationDocument>();

    private static async Task<IResult> AnswerAsync(
        HttpContext context,
        ServerParts parts,
        CancellationToken cancellationToken
    )
    {
        var body = await RequestBody.ReadAsync(context, ApiJson.Default.ReconcileBody, cancellationToken, MostBytes);
        var request = new ReconcileRequest(
            new MetricSide(body.Left.Metric, body.Left.Entity),
            await RightAsync(body.Right, parts, cancellationToken)
        )
        {
            Where = body.Where ?? [],
            Time = body.From is null && body.To is null ? null : new TimeBounds(Start(body.From), Start(body.To)),
            GroupBy = body.GroupBy ?? [],
            By = body.By ?? [],
            Entity = body.Entity,
        };
        var inquiry = new ReconcileInquiry(request, context.Session().Principal, QuestionPath.Api, context.Origin());
        if (body.Cause is null)
        {
            var answer = await parts.Gate.ReconcileAsync(inquiry, cancellationToken);
            return Results.Json(ReconciliationDocument.Of(answer), ApiJson.Default);
        }

        var rows = await parts.Gate.ReadGapAsync(
            inquiry,
            body.Cause,
            body.PageSize ?? PageQuestion.UsualRows,
            body.Cursor,
            cancellationToken
        );
        return Results.Json(rows, ApiJson.Default);
    }

    private static DateTime? Start(DateOnly? day) => day?.ToDateTime(TimeOnly.MinValue);

    private static async Task<ReconcileSide> RightAsync(
        ReconcileBodySide side,
        ServerParts parts,
        CancellationToken cancellationToken
    )
    {
        switch (side)
        {
            case { Metric: { } metric, Sql: null, File: null }:
                return new MetricSide(metric, side.Entity);
            case { Metric: null, Sql: { } sql, File: null, Key: { } key, Value: { } value }:
                return new SqlSide(sql, key, value, side.Decimals);
            case { Metric: null, Sql: null, File: { } file, Key: { } key, Value: { } value }:
                using (var content = new MemoryStream(file.Content, writable: false))
                {
                    var desk =
                        parts.Sheets
                        ?? throw ServerDiagnostics.BodyUnreadable.With("this server reads no files").ToException();
                    return await desk.ReadAsync(
                        file.Name,
                        content,
                        key,
                        value,
                        file.Sheet,
                        side.Decimals,
                        cancellationToken
                    );
                }

            default:
                throw ServerDiagnostics
                    .BodyUnreadable.With(
                        "the right side is a metric, or sql with key and value, or a file with key and value"
                    )
                    .ToException();
        }
    }
}

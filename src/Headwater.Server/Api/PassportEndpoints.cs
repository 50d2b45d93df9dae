using Headwater.Kernel.Diagnostics;
using Headwater.Metrics.Requests;
using Headwater.Platform.Passports;
using Headwater.Query;
using Headwater.Query.Passports;
using Headwater.Server.Pipeline;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Headwater.Server.Api;

/// <summary>What stands behind a number.</summary>
internal static class PassportEndpoints
{
    public static void Map(RouteGroupBuilder api, ServerParts parts) =>
        api.MapGet(
                "/metrics/{name}/passport",
                (string name, string? group_by, string[]? where, HttpContext context, CancellationToken leaving) =>
                    AnswerAsync(context, parts, name, group_by, where, leaving)
            )
            .WithName("metric_passport")
            .WithTags("Catalogue")
            .WithSummary("Says what stands behind a metric: definition, plan, SQL, tables, loads and tests")
            .WithDescription(
                "The SQL is what the asker would run; group_by (names separated by commas) and where say of which question. "
                    + "A metric that the asker's roles do not show is answered as one that does not exist."
            )
            .Answers<PassportDocument>();

    /// <summary>The passport of a metric by itself, or null for a reader whose roles do not show it.</summary>
    public static async Task<PassportDocument?> FindAsync(
        ServerParts parts,
        HttpContext context,
        string name,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await parts.Passports.IssueAsync(
                new PassportInquiry(
                    new MetricRequest([name], [], [], [], null),
                    context.Session().Principal,
                    QuestionPath.Page,
                    context.Origin()
                ),
                cancellationToken
            );
        }
        catch (DiagnosticException refused) when (refused.Diagnostic.Code.StartsWith("HW5", StringComparison.Ordinal))
        {
            return null;
        }
    }

    private static async Task<IResult> AnswerAsync(
        HttpContext context,
        ServerParts parts,
        string name,
        string? groupBy,
        string[]? where,
        CancellationToken cancellationToken
    )
    {
        var dimensions =
            groupBy?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
        var inquiry = new PassportInquiry(
            new MetricRequest([name], dimensions, where ?? [], [], null),
            context.Session().Principal,
            QuestionPath.Api,
            context.Origin()
        );
        return Results.Json(await parts.Passports.IssueAsync(inquiry, cancellationToken), ApiJson.Default);
    }
}

using Headwater.Platform.Runs;
using Headwater.Server.Operations;
using Headwater.Server.Pipeline;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Headwater.Server.Api;

/// <summary>What runs and what was landed.</summary>
internal static class OperationEndpoints
{
    private const int RunsListed = 100;

    public static void Map(RouteGroupBuilder api, ServerParts parts)
    {
        var runs = parts.Platform.Runs;
        api.MapGet(
                "/runs",
                async (HttpContext context, CancellationToken leaving) =>
                    Results.Json(
                        new RunList([
                            .. (await runs.ListAsync(RunsListed, leaving)).Select(run =>
                                Item(run, SeesMessages(context))
                            ),
                        ]),
                        ApiJson.Default
                    )
            )
            .WithName("runs")
            .WithTags("Operations")
            .WithSummary("Lists the last landings and builds, the newest first")
            .Answers<RunList>();
        api.MapGet(
                "/runs/{id}",
                async (string id, HttpContext context, CancellationToken leaving) =>
                    Results.Json(Item(await FindAsync(runs, id, leaving), SeesMessages(context)), ApiJson.Default)
            )
            .WithName("run")
            .WithTags("Operations")
            .WithSummary("What happened in one run")
            .Answers<RunDetailItem>();
        api.MapGet(
                "/sources",
                async (HttpContext context, CancellationToken leaving) =>
                    Results.Json(
                        new SourceList([
                            .. (await SourceStatus.ReadAsync(parts, leaving)).Select(source =>
                                Item(source, SeesMessages(context))
                            ),
                        ]),
                        ApiJson.Default
                    )
            )
            .WithName("sources")
            .WithTags("Operations")
            .WithSummary("Lists the sources and how fresh they are")
            .Answers<SourceList>();
    }

    /// <exception cref="Kernel.Diagnostics.DiagnosticException">HW8015.</exception>
    public static async Task<RunDetail> FindAsync(RunStore runs, string id, CancellationToken cancellationToken) =>
        await runs.FindAsync(id, cancellationToken) ?? throw ServerDiagnostics.UnknownRun.With(id).ToException();

    // Messages can quote what an engine said, and that can quote values: they are for whoever runs the place.
    private static bool SeesMessages(HttpContext context) => context.Session().Principal.IsAdministrator;

    private static RunItem Item(Run run, bool withMessage) =>
        new(
            run.Id,
            Word(run.Kind),
            run.Cause,
            Word(run.State),
            run.StartedAt,
            run.EndedAt,
            withMessage ? run.Message : null
        );

    private static RunDetailItem Item(RunDetail detail, bool withMessages) =>
        new(
            Item(detail.Run, withMessages),
            [.. detail.Landings.Select(landing => Item(landing, withMessages))],
            [
                .. detail.Nodes.Select(node => new NodeItem(
                    node.Node,
                    node.Kind,
                    Word(node.State),
                    node.Elapsed.TotalMilliseconds,
                    node.Rows,
                    withMessages ? node.Message : null
                )),
            ]
        );

    private static LandingItem Item(LandingResult landing, bool withMessage) =>
        new(
            landing.Source,
            landing.Stream,
            Word(landing.State),
            landing.LandedAt,
            landing.Elapsed.TotalMilliseconds,
            landing.Files,
            landing.RowsRead,
            landing.RowsLanded,
            landing.RowsQuarantined,
            withMessage ? landing.Message : null
        );

    private static SourceItem Item(SourceStatus status, bool withMessages) =>
        new(
            status.Source.Name,
            status.Source.Description,
            status.Source.Connector.Text,
            status.Source.Schedule?.Text,
            Word(status.Freshness),
            status.LandedAt,
            [
                .. status.Streams.Select(stream => new StreamItem(
                    stream.Stream.Name,
                    stream.Last is null ? null : Item(stream.Last, withMessages)
                )),
            ]
        );

    private static string Word(Enum value) => value.ToString().ToLowerInvariant();
}

using Headwater.Project.Resources.Dashboards;
using Headwater.Query;
using Headwater.Server.Dashboards;
using Headwater.Server.Pipeline;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Headwater.Server.Api;

/// <summary>Dashboards, their numbers, and what stands behind a tile. Filters are query parameters named by their dimension.</summary>
internal static class DashboardEndpoints
{
    public static void Map(RouteGroupBuilder api, ServerParts parts, ServerOptions options, IServiceProvider services)
    {
        var plans = services.GetRequiredService<PlanCache>();
        var stream = services.GetRequiredService<DashboardStream>();
        var gate = parts.Gate;

        api.MapGet("/dashboards", () => Results.Json(List(parts), ApiJson.Default))
            .WithName("dashboards")
            .WithTags("Dashboards")
            .WithSummary("Lists the dashboards")
            .Answers<DashboardList>();
        api.MapGet("/dashboards/{name}", (string name) => Results.Json(View(parts, plans, name), ApiJson.Default))
            .WithName("dashboard")
            .WithTags("Dashboards")
            .WithSummary("Describes a dashboard: its filters, rows and tiles")
            .Answers<DashboardView>();
        api.MapGet(
                "/dashboards/{name}/data",
                async (string name, HttpContext context) =>
                    await stream.SendAsync(context, await plans.FindAsync(name, context))
            )
            .WithName("dashboard_data")
            .WithTags("Dashboards")
            .WithSummary("Streams the numbers of all tiles as lines of JSON, each as soon as it is known")
            .Answers<string>(DashboardStream.MediaType);
        api.MapGet(
                "/dashboards/{name}/tiles/{tile}/data",
                async (string name, string tile, HttpContext context, CancellationToken leaving) =>
                    await AskAsync(context, gate, (await plans.FindTileAsync(name, tile, context)).Main, leaving)
            )
            .WithName("tile_data")
            .WithTags("Dashboards")
            .WithSummary("The numbers of one tile")
            .Answers<ResultDocument>();
        api.MapGet(
                "/dashboards/{name}/tiles/{tile}/rows",
                async (string name, string tile, HttpContext context, CancellationToken leaving) =>
                    await AskAsync(
                        context,
                        gate,
                        Rows(await plans.FindTileAsync(name, tile, context), options),
                        leaving
                    )
            )
            .WithName("tile_rows")
            .WithTags("Dashboards")
            .WithSummary("The rows behind the numbers of one tile")
            .Answers<ResultDocument>();
        api.MapGet(
                "/dashboards/{name}/tiles/{tile}/sql",
                async (string name, string tile, HttpContext context, CancellationToken leaving) =>
                    await SqlAsync(context, gate, await plans.FindTileAsync(name, tile, context), leaving)
            )
            .WithName("tile_sql")
            .WithTags("Dashboards")
            .WithSummary("The statement behind the numbers of one tile")
            .Answers<TileSql>();
        api.MapGet(
                "/dashboards/{name}/tiles/{tile}/download",
                async (string name, string tile, string format, HttpContext context, CancellationToken leaving) =>
                    await DownloadAsync(context, gate, await plans.FindTileAsync(name, tile, context), format, leaving)
            )
            .WithName("tile_download")
            .WithTags("Dashboards")
            .WithSummary("The numbers of one tile as a file: csv, xlsx, json, ndjson or parquet")
            .Answers<byte[]>("application/octet-stream");
    }

    public static DashboardView View(ServerParts parts, PlanCache plans, string name) =>
        DashboardView.Of(plans.Dashboard(name), parts.Gate.Catalog, parts.Project().Settings.Currency);

    private static DashboardList List(ServerParts parts) =>
        new([
            .. parts
                .Project()
                .Dashboards.OrderBy(dashboard => dashboard.Title, StringComparer.OrdinalIgnoreCase)
                .Select(dashboard => new DashboardItem(
                    dashboard.Name,
                    dashboard.Title,
                    dashboard.Description,
                    dashboard.Tiles.Count()
                )),
        ]);

    private static async Task AskAsync(
        HttpContext context,
        IGate gate,
        Question question,
        CancellationToken cancellationToken
    ) => await AnswerSender.SendAsync(context, await gate.AskAsync(Inquire(context, question), cancellationToken));

    private static async Task<IResult> SqlAsync(
        HttpContext context,
        IGate gate,
        TilePlan plan,
        CancellationToken cancellationToken
    )
    {
        var reply = await gate.AskAsync(Inquire(context, plan.Main), cancellationToken);
        return Results.Json(new TileSql(reply.Answer.Sql), ApiJson.Default);
    }

    private static Task DownloadAsync(
        HttpContext context,
        IGate gate,
        TilePlan plan,
        string format,
        CancellationToken cancellationToken
    )
    {
        var title =
            plan.Tile.Title
            ?? (plan.Tile.Question is MetricTileQuestion { Metrics: [var metric, ..] } ? metric.Text : plan.Tile.Id);
        return Download.SendAsync(context, gate, plan.Main, QuestionPath.Export, title, format, cancellationToken);
    }

    // The rows of a tile with several metrics are those of its first: the others may come from other tables.
    private static Question Rows(TilePlan plan, ServerOptions options) =>
        plan.Tile.Question is MetricTileQuestion { Metrics: [var metric, ..] }
            ? new RowsQuestion(metric.Text, plan.Conditions, options.RowsShown)
            : plan.Main;

    private static Inquiry Inquire(HttpContext context, Question question) =>
        new(question, context.Session().Principal, QuestionPath.Page, context.Origin());
}

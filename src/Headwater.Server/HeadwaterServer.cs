using System.Net;
using Headwater.Server.Api;
using Headwater.Server.Assets;
using Headwater.Server.Dashboards;
using Headwater.Server.Pages;
using Headwater.Server.Pipeline;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Headwater.Server;

/// <summary>The web server: the API under <c>/api/v1</c>, the pages, and health under <c>/healthz</c>.</summary>
public static class HeadwaterServer
{
    /// <summary>Builds the server over open parts, which stay the caller's. It listens once started and stops when disposed.</summary>
    /// <param name="options">Where to listen, and bounds.</param>
    /// <param name="parts">What is served.</param>
    /// <param name="configure">Adds to the server's services and logging, or null.</param>
    public static WebApplication Build(
        ServerOptions options,
        ServerParts parts,
        Action<WebApplicationBuilder>? configure = null
    )
    {
        var builder = WebApplication.CreateSlimBuilder(
            new WebApplicationOptions { ApplicationName = typeof(HeadwaterServer).Assembly.GetName().Name }
        );
        // Two log lines a request would cost more than a cached answer does.
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            if (options.ListenOnAllAddresses)
            {
                kestrel.ListenAnyIP(options.Port);
            }
            else if (options.Port == 0)
            {
                kestrel.Listen(IPAddress.Loopback, 0);
            }
            else
            {
                kestrel.ListenLocalhost(options.Port);
            }
        });
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(parts);
        builder.Services.AddSingleton(parts.Gate);
        builder.Services.AddSingleton<PlanCache>();
        builder.Services.AddSingleton<TileAnswerer>();
        builder.Services.AddSingleton<BodyCache>();
        builder.Services.AddSingleton<DashboardStream>();
        builder.Services.AddHostedService<FirstAnswers>();
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.PropertyNamingPolicy = ApiJson.Default.Options.PropertyNamingPolicy;
            json.SerializerOptions.DefaultIgnoreCondition = ApiJson.Default.Options.DefaultIgnoreCondition;
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default);
        });
        // Sessions are opaque and forms are guarded by their origin: nothing is sealed with these keys, so none is written to a disk.
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services.AddOpenApi(
            "v1",
            openApi =>
                openApi.AddDocumentTransformer(
                    (document, _, _) =>
                    {
                        document.Info.Title = "Headwater";
                        document.Info.Description = "Governed metrics over your company's data.";
                        return Task.CompletedTask;
                    }
                )
        );
        // A wrong parameter is a problem document, not an empty 400.
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        builder.Services.AddRazorComponents();
        configure?.Invoke(builder);

        var app = builder.Build();
        app.UseMiddleware<FrontDoor>();
        app.UseRouting();
        MapHealth(app, parts);
        var api = app.MapGroup("/api/v1");
        QueryEndpoints.Map(api, parts);
        MetricEndpoints.Map(api, parts, options);
        DashboardEndpoints.Map(api, parts, options, app.Services);
        OperationEndpoints.Map(api, parts);
        LineageEndpoints.Map(api, parts);
        PassportEndpoints.Map(api, parts);
        app.MapOpenApi("/openapi/{documentName}.json");
        AssetEndpoints.Map(app);
        PageEndpoints.Map(app, parts, app.Services);
        SignInEndpoints.Map(app, parts);
        return app;
    }

    private static void MapHealth(IEndpointRouteBuilder routes, ServerParts parts)
    {
        routes.MapGet("/healthz/live", () => Results.Json(new Health("ok"), ApiJson.Default)).ExcludeFromDescription();
        routes
            .MapGet(
                "/healthz/ready",
                async (CancellationToken leaving) =>
                {
                    // Ready is able to answer: the catalog reads, and the project is loaded.
                    await parts.Platform.Runs.ListAsync(1, leaving);
                    return Results.Json(new Health(parts.Project().Name.Length > 0 ? "ok" : "empty"), ApiJson.Default);
                }
            )
            .ExcludeFromDescription();
    }
}

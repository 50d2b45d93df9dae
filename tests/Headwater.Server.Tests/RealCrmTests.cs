using System.Text.Json;
using Headwater.Modeling;
using Headwater.Modeling.Building;
using Headwater.Platform.Projects;
using Headwater.Platform.Workspaces;
using Headwater.Project;
using Headwater.Project.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headwater.Server.Tests;

/// <summary>The whole way of a real CRM export: landed, built and tested, asked through the gate, shown in a browser.</summary>
public sealed class RealCrmTests(Browser browser) : IClassFixture<Browser>
{
    private const string Everything = "/dashboards/sales?metric_time=all";

    [Fact]
    public async Task The_known_totals_of_a_real_export_stand_in_the_browser()
    {
        var data = Repository.SharedData("crm");
        Assert.SkipWhen(data is null, "There is no ../shared/data/crm.");
        var home = Directory.CreateTempSubdirectory("headwater-crm-").FullName;
        await using (var workspace = await BuildAsync(data, home))
        await using (var app = await ServeAsync(workspace))
        {
            var address = app
                .Services.GetRequiredService<IServer>()
                .Features.Get<IServerAddressesFeature>()!
                .Addresses.First();
            await using var open = await browser.OpenAsync(address, Everything);
            await open.SettledAsync();
            var figures = open.Page.Locator(".kpi-value");
            Assert.Equal("$10,005,534", await figures.Nth(0).GetAttributeAsync("title"));
            Assert.Equal("4,238", await figures.Nth(1).TextContentAsync());
            Assert.Equal("63.2%", await figures.Nth(2).TextContentAsync());

            var offices = open.Page.Locator("hw-tile").Filter(new() { HasText = "Won revenue by office" });
            Assert.Equal(
                "Bar chart: Won revenue by office, 3 categories. West $3,568,647, Central $3,346,293, East $3,090,594.",
                await offices.Locator(".canvas").GetAttributeAsync("aria-label")
            );
            await TakeAsync(open, "crm-all");

            await open.Page.GotoAsync("/dashboards/sales?metric_time=2017-03-01..2017-03-31");
            await open.SettledAsync();
            Assert.Equal("$1,134,672", await figures.Nth(0).GetAttributeAsync("title"));

            await open.Page.GotoAsync("/dashboards/sales");
            await open.SettledAsync();
            await TakeAsync(open, "crm");
            await open.Page.GotoAsync("/sources");
            await TakeAsync(open, "crm-sources");
            var runs = await open.Page.GotoAsync("/api/v1/runs");
            using var list = JsonDocument.Parse(await runs!.TextAsync());
            Assert.Equal("build", list.RootElement.GetProperty("runs")[0].GetProperty("kind").GetString());
            Assert.Empty(open.Complaints);
            await app.StopAsync();
        }

        Directory.Delete(home, recursive: true);
    }

    private static async Task<Workspace> BuildAsync(string data, string home)
    {
        var overrides = new SettingOverrides(new Dictionary<string, string> { ["sources.crm.path"] = data }, data);
        var options = new WorkspaceOptions(
            home,
            new ProjectOptions(Repository.Folder("packs/sales"), null, overrides),
            new ModelingOptions(),
            SalesServer.Password
        );
        var project = LoadedProject.Load(options.Project, options.Modeling, withFiles: true);
        var workspace = await Workspace.OpenAsync(options, project, TimeProvider.System, NullLogger.Instance, default);
        await workspace.Platform.EnsureAdministratorAsync(options.Platform, default);
        var report = await workspace.BuildAsync(
            project,
            new BuildRequest(new BuildOptions(), Sync: true),
            "test",
            null,
            default
        );
        Assert.True(report.Succeeded, string.Join('\n', report.Diagnostics));
        return workspace;
    }

    private static async Task<WebApplication> ServeAsync(Workspace workspace)
    {
        var app = HeadwaterServer.Build(
            new ServerOptions { Port = 0 },
            new ServerParts(workspace.Gate, () => workspace.Project.Folder, workspace.Platform, TimeProvider.System)
        );
        await app.StartAsync();
        return app;
    }

    private static async Task TakeAsync(OpenPage open, string name)
    {
        if (Environment.GetEnvironmentVariable("HEADWATER_PICTURES") is { } folder)
        {
            await open.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = true });
        }
    }
}

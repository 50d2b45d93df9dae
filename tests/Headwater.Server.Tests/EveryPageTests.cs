using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Headwater.Server.Tests;

/// <summary>What holds on all pages: their width, what assistive programs find, the theme, signing in; and pictures of them.</summary>
public sealed class EveryPageTests(SalesServer server, Browser browser)
    : IClassFixture<SalesServer>,
        IClassFixture<Browser>
{
    private const string Corners = "/dashboards/corners";

    [Theory]
    [InlineData(360)]
    [InlineData(768)]
    [InlineData(1280)]
    [InlineData(2560)]
    public async Task No_page_scrolls_sideways(int width)
    {
        await using var open = await browser.OpenAsync(server, Corners, width);
        await open.SettledAsync();
        foreach (var path in (string[])[Corners, "/", "/metrics", "/metrics/win_rate", "/sources", "/runs"])
        {
            await open.Page.GotoAsync(path);
            var over = await open.Page.EvaluateAsync<int>(
                "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
            );
            Assert.True(over <= 0, $"{path} is {over} px too wide at {width} px");
        }
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Every_page_passes_the_accessibility_checks(ColorScheme scheme)
    {
        await using var open = await browser.OpenAsync(server, "/dashboards/sales", scheme: scheme);
        await open.SettledAsync();
        await CheckAsync("/dashboards/sales", open.Page);
        foreach (
            var path in (string[])
                [Corners, "/", "/metrics", "/metrics/win_rate", "/sources", "/runs", "/nothing", "/sign-in"]
        )
        {
            await open.Page.GotoAsync(path);
            if (path == Corners)
            {
                await open.SettledAsync();
            }

            await CheckAsync(path, open.Page);
        }

        static async Task CheckAsync(string path, IPage page)
        {
            var result = await page.RunAxe();
            var found = result.Violations.Select(violation =>
                $"{violation.Id}: {violation.Help} ({string.Join("; ", violation.Nodes.Select(node => node.Html))})"
            );
            Assert.True(result.Violations.Length == 0, $"{path}: {string.Join('\n', found)}");
        }
    }

    [Fact]
    public async Task The_theme_is_switched_and_kept()
    {
        await using var open = await browser.OpenAsync(server, "/");
        await open.Page.Locator("[data-theme-toggle]").ClickAsync();
        await open.Page.ReloadAsync();
        Assert.Equal("dark", await open.Page.Locator("html").GetAttributeAsync("data-theme"));
    }

    [Fact]
    public async Task A_one_time_link_signs_in_by_itself()
    {
        var user = await server.Platform.Users.FindAsync("ann", default);
        var token = await server.Platform.SignIn.MakeLinkAsync(user!, default);
        await using var open = await browser.OpenAsync(server, "/");
        await open.Context.ClearCookiesAsync();
        await open.Page.GotoAsync("/welcome/" + token);
        await open.Page.WaitForURLAsync(server.Address + "/");
        await Assertions.Expect(open.Page.Locator(".who")).ToContainTextAsync("AW");
    }

    /// <summary>Pictures to look at, of every page in each size and theme: only where a folder for them is named.</summary>
    [Theory]
    [InlineData(390, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    [InlineData(1920, ColorScheme.Light)]
    [InlineData(1920, ColorScheme.Dark)]
    public async Task Pictures_are_taken(int width, ColorScheme scheme)
    {
        var folder = Environment.GetEnvironmentVariable("HEADWATER_PICTURES");
        Assert.SkipWhen(folder is null, "HEADWATER_PICTURES names no folder.");
        await using var open = await browser.OpenAsync(server, "/dashboards/sales", width, scheme: scheme);
        foreach (
            var path in (string[])
                [
                    "/dashboards/sales",
                    Corners,
                    "/",
                    "/metrics",
                    "/metrics/win_rate",
                    "/sources",
                    "/runs",
                    "/nothing",
                    "/sign-in",
                ]
        )
        {
            await open.Page.GotoAsync(path);
            if (path.StartsWith("/dashboards/", StringComparison.Ordinal))
            {
                await open.SettledAsync();
            }

            if (path == Corners)
            {
                await TakeOpenAsync(open.Page, folder, width, scheme);
            }

            var name = path == "/" ? "home" : path.Trim('/').Replace('/', '-');
            await open.Page.ScreenshotAsync(
                new()
                {
                    Path = Path.Combine(folder, $"{name}-{width}-{scheme.ToString().ToLowerInvariant()}.png"),
                    FullPage = true,
                }
            );
        }
    }

    private static async Task TakeOpenAsync(IPage page, string folder, int width, ColorScheme scheme)
    {
        async Task TakeAsync(string name) =>
            await page.ScreenshotAsync(
                new() { Path = Path.Combine(folder, $"{name}-{width}-{scheme.ToString().ToLowerInvariant()}.png") }
            );

        await page.Locator("hw-date-filter summary").ClickAsync();
        await TakeAsync("open-dates");
        await page.Keyboard.PressAsync("Escape");
        await page.Locator("hw-category-filter summary").ClickAsync();
        await page.GetByLabel("medical").WaitForAsync();
        await TakeAsync("open-values");
        await page.Keyboard.PressAsync("Escape");
        var tile = page.Locator("hw-tile").Filter(new() { HasText = "Deals by series" });
        await tile.Locator("summary").ClickAsync();
        await TakeAsync("open-menu");
        await tile.GetByText("See the rows").ClickAsync();
        await page.Locator("dialog tbody tr").First.WaitForAsync();
        await TakeAsync("open-rows");
        await page.Keyboard.PressAsync("Escape");
        await tile.Locator("summary").ClickAsync();
        await tile.GetByText("Show the SQL").ClickAsync();
        await page.Locator("dialog pre").WaitForAsync();
        await TakeAsync("open-sql");
        await page.Keyboard.PressAsync("Escape");
        await tile.Locator(".canvas").HoverAsync();
        await page.WaitForTimeoutAsync(200);
        await TakeAsync("open-tip");
    }
}

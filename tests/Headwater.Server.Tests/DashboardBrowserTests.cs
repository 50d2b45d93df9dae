using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Headwater.Server.Tests;

public sealed class DashboardBrowserTests(SalesServer server, Browser browser)
    : IClassFixture<SalesServer>,
        IClassFixture<Browser>
{
    private const string Corners = "/dashboards/corners";

    [Fact]
    public async Task A_dashboard_draws_all_its_tiles_under_the_security_policy()
    {
        await using var open = await browser.OpenAsync(server, "/dashboards/sales");
        await open.SettledAsync();
        Assert.Equal(4, await open.Page.Locator(".kpi-value").CountAsync());
        Assert.Equal(4, await open.Page.Locator("hw-chart canvas").CountAsync());
        Assert.Equal(20, await open.Page.Locator("hw-data-table tbody tr").CountAsync());
        Assert.Empty(open.Complaints);
    }

    [Fact]
    public async Task A_figure_is_the_number_that_the_api_gives()
    {
        await using var open = await browser.OpenAsync(server, Corners);
        await open.SettledAsync();
        var tile = open.Page.Locator("hw-tile").Filter(new() { HasText = "Won deals" }).First;
        Assert.Equal("1,200", await tile.Locator(".kpi-value").TextContentAsync());
    }

    [Fact]
    public async Task A_filter_is_kept_in_the_address_and_the_back_button_takes_it_off()
    {
        await using var open = await browser.OpenAsync(server, Corners);
        var page = open.Page;
        await open.SettledAsync();
        await page.GetByText("Sector All").ClickAsync();
        await page.GetByPlaceholder("Search").FillAsync("ret");
        await page.GetByLabel("retail").CheckAsync();
        await page.WaitForURLAsync("**?account__sector=retail");
        await open.SettledAsync();
        var filtered = await page.Locator(".kpi-value").Nth(1).TextContentAsync();
        Assert.NotEqual("1,200", filtered);
        Assert.Equal(0, await page.EvaluateAsync<int>("() => window.scrollX"));

        await page.ReloadAsync();
        await open.SettledAsync();
        Assert.Equal(filtered, await page.Locator(".kpi-value").Nth(1).TextContentAsync());

        await page.GoBackAsync();
        await page.WaitForURLAsync("**" + Corners);
        await open.SettledAsync();
        await Assertions.Expect(page.Locator(".kpi-value").Nth(1)).ToHaveTextAsync("1,200");
    }

    [Fact]
    public async Task A_range_of_dates_is_chosen_by_words_or_by_days()
    {
        await using var open = await browser.OpenAsync(server, Corners);
        var page = open.Page;
        await open.SettledAsync();
        await page.Locator("hw-date-filter summary").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "This year" }).ClickAsync();
        await page.WaitForURLAsync("**?metric_time=this_year");
        await page.Locator("hw-date-filter summary").ClickAsync();
        await page.GetByLabel("From").FillAsync("2016-03-01");
        await page.GetByLabel("To", new() { Exact = true }).FillAsync("2016-02-01");
        await page.GetByRole(AriaRole.Button, new() { Name = "Apply" }).ClickAsync();
        Assert.Equal("“From” is after “To”.", await page.Locator(".field-error").TextContentAsync());
        await page.GetByLabel("To", new() { Exact = true }).FillAsync("2016-03-31");
        await page.GetByRole(AriaRole.Button, new() { Name = "Apply" }).ClickAsync();
        await page.WaitForURLAsync("**?metric_time=2016-03-01..2016-03-31");
        await open.SettledAsync();
        Assert.Contains(
            "Mar 1, 2016 – Mar 31, 2016",
            await page.Locator("hw-date-filter summary").TextContentAsync(),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "previous year",
            await page.Locator(".kpi-change").First.TextContentAsync(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_tile_shows_its_rows_its_sql_and_its_table_and_can_be_downloaded()
    {
        await using var open = await browser.OpenAsync(server, Corners);
        var page = open.Page;
        await open.SettledAsync();
        var tile = page.Locator("hw-tile").Filter(new() { HasText = "Share by office" });

        await tile.GetByRole(AriaRole.Button, new() { Name = "Show as table" }).ClickAsync();
        Assert.Equal(3, await tile.Locator("tbody tr").CountAsync());

        await tile.Locator("summary").ClickAsync();
        await tile.GetByText("See the rows").ClickAsync();
        await Assertions.Expect(page.Locator("dialog tbody tr").First).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Locator("dialog")).ToHaveCountAsync(0);

        await tile.Locator("summary").ClickAsync();
        await tile.GetByText("Show the SQL").ClickAsync();
        await Assertions.Expect(page.Locator("dialog pre")).ToContainTextAsync("opportunities");
        await page.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();

        await tile.Locator("summary").ClickAsync();
        var download = await page.RunAndWaitForDownloadAsync(() => tile.GetByText("Download CSV").ClickAsync());
        Assert.Equal("Share-by-office.csv", download.SuggestedFilename);
        Assert.Empty(open.Complaints);
    }

    [Fact]
    public async Task A_refused_question_and_an_empty_result_are_told_in_their_tiles()
    {
        await using var open = await browser.OpenAsync(server, Corners);
        await open.SettledAsync();
        var refused = open.Page.Locator("hw-tile").Filter(new() { HasText = "Refused" });
        await Assertions.Expect(refused).ToContainTextAsync("did you mean 'won_revenue'?");
        await Assertions
            .Expect(open.Page.Locator("hw-tile").Filter(new() { HasText = "No rows for these filters." }))
            .ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_chart_is_told_in_words_and_walked_by_keyboard()
    {
        await using var open = await browser.OpenAsync(server, "/dashboards/sales");
        await open.SettledAsync();
        var chart = open.Page.Locator("hw-chart").Filter(new() { Has = open.Page.Locator("canvas") }).First;
        var canvas = chart.Locator(".canvas");
        var words = await canvas.GetAttributeAsync("aria-label");
        Assert.StartsWith("Area chart: Won revenue by product series,", words, StringComparison.Ordinal);
        await canvas.FocusAsync();
        await open.Page.Keyboard.PressAsync("ArrowRight");
        await open.Page.Keyboard.PressAsync("ArrowRight");
        var spoken = chart.Locator("[aria-live]");
        await Assertions.Expect(spoken).ToContainTextAsync("GTK $");
        Assert.Empty(open.Complaints);
    }

    [Fact]
    public async Task A_click_on_a_bar_sets_the_filter_and_a_second_takes_it_off()
    {
        await using var open = await browser.OpenAsync(server, "/dashboards/sales");
        var page = open.Page;
        await open.SettledAsync();
        var canvas = page.Locator("hw-tile").Filter(new() { HasText = "Won revenue by office" }).Locator(".canvas");
        var box = (await canvas.BoundingBoxAsync())!;
        await canvas.ClickAsync(
            new()
            {
                Position = new() { X = box.Width * 0.4f, Y = box.Height / 6 },
            }
        );
        await page.WaitForURLAsync("**sales_agent__regional_office=**");
        await open.SettledAsync();
    }

    [Fact]
    public async Task Nothing_moves_when_the_numbers_arrive()
    {
        await using var open = await browser.OpenAsync(server, "/dashboards/sales", height: 2400);
        await open.SettledAsync();
        var shift = await open.Page.EvaluateAsync<double>(
            """
            () => new Promise(done => {
              new PerformanceObserver(list => done(list.getEntries().reduce((sum, entry) => sum + entry.value, 0)))
                .observe({ type: 'layout-shift', buffered: true });
              setTimeout(() => done(0), 200);
            })
            """
        );
        Assert.True(shift < 0.02, $"layout shift {shift}");
    }

    [Fact]
    public async Task A_page_whose_tiles_met_two_published_versions_asks_again()
    {
        await using var open = await browser.OpenAsync(server, "/metrics");
        var asked = 0;
        await open.Page.RouteAsync(
            "**/api/v1/dashboards/corners/data**",
            async route =>
            {
                var older = asked++ == 0 ? 1 : 2;
                await route.FulfillAsync(
                    new()
                    {
                        ContentType = "application/x-ndjson",
                        Body = $"{Line("r0c0", older)}\n{Line("r0c1", 2)}\n{{\"done\":true}}\n",
                    }
                );
            }
        );
        await open.Page.GotoAsync(Corners);
        await Assertions.Expect(open.Page.Locator(".kpi-value").First).ToHaveTextAsync("$2");
        Assert.Equal(2, asked);

        static string Line(string tile, int version) =>
            "{\"tile\":\""
            + tile
            + "\",\"table\":{\"columns\":[{\"name\":\"won_revenue\",\"type\":\"int64\"}],\"rows\":[["
            + version
            + "]]},\"meta\":{\"versions\":{\"marts.opportunities\":"
            + version
            + "}}}";
    }

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
    [InlineData("hw-date-filter summary")]
    [InlineData("hw-category-filter summary")]
    [InlineData(".row-kpi hw-tile:first-child summary")]
    [InlineData(".row-kpi hw-tile:nth-child(2) summary")]
    public async Task A_menu_stays_on_the_smallest_screen(string button)
    {
        await using var open = await browser.OpenAsync(server, Corners, 360);
        await open.SettledAsync();
        await open.Page.Locator(button).ClickAsync();
        var panel = (await open.Page.Locator("details[open] > .menu-panel").BoundingBoxAsync())!;
        Assert.True(panel.X >= 0 && panel.X + panel.Width <= 360, $"{panel.X} to {panel.X + panel.Width}");
        Assert.Equal(0, await open.Page.EvaluateAsync<int>("() => window.scrollX"));
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

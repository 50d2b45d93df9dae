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
        await page.GetByLabel("From", new() { Exact = true }).FillAsync("2016-03-01");
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
}

using Microsoft.Playwright;

namespace Headwater.Server.Tests;

/// <summary>Debian's Chromium, driven by Playwright. Shared by the tests of a class; each test has a context of its own.</summary>
public sealed class Browser : IAsyncLifetime
{
    private const string Chromium = "/usr/bin/chromium";

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>Whether there is a browser; without one its tests are skipped with a word.</summary>
    public static bool IsInstalled => File.Exists(Chromium);

    public async ValueTask InitializeAsync()
    {
        if (!IsInstalled)
        {
            return;
        }

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions
            {
                ExecutablePath = Chromium,
                Args =
                [
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                ],
            }
        );
    }

    /// <summary>A page of a size, in light or dark, signed in at the server.</summary>
    public Task<OpenPage> OpenAsync(
        SalesServer server,
        string path,
        int width = 1280,
        int height = 900,
        ColorScheme scheme = ColorScheme.Light,
        string user = "admin"
    ) => OpenAsync(server.Address, path, width, height, scheme, user);

    /// <inheritdoc cref="OpenAsync(SalesServer, string, int, int, ColorScheme, string)"/>
    public async Task<OpenPage> OpenAsync(
        string address,
        string path,
        int width = 1280,
        int height = 900,
        ColorScheme scheme = ColorScheme.Light,
        string user = "admin"
    )
    {
        Assert.SkipUnless(IsInstalled, "There is no /usr/bin/chromium.");
        var context = await _browser!.NewContextAsync(
            new BrowserNewContextOptions
            {
                BaseURL = address,
                ViewportSize = new ViewportSize { Width = width, Height = height },
                ColorScheme = scheme,
                ReducedMotion = ReducedMotion.Reduce,
                AcceptDownloads = true,
            }
        );
        var page = await context.NewPageAsync();
        var complaints = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                complaints.Add(message.Text);
            }
        };
        page.PageError += (_, error) => complaints.Add(error);
        await page.GotoAsync("/sign-in?return=" + Uri.EscapeDataString(path));
        await page.FillAsync("#name", user);
        await page.FillAsync("#password", SalesServer.Password);
        await page.ClickAsync("button[type=submit]");
        await page.WaitForURLAsync("**" + path);
        return new OpenPage(context, page, complaints);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}

/// <param name="Complaints">Errors and warnings of the browser's console, broken security policies among them.</param>
public sealed record OpenPage(IBrowserContext Context, IPage Page, IReadOnlyList<string> Complaints) : IAsyncDisposable
{
    /// <summary>Waits until a dashboard has all its numbers and has drawn them.</summary>
    public async Task SettledAsync()
    {
        await Page.WaitForFunctionAsync(
            "() => document.querySelector('hw-dashboard > [role=status]')?.textContent.endsWith('loaded')"
                + " && ![...document.querySelectorAll('hw-chart')].some(chart => !chart.querySelector('canvas'))"
        );
        await Page.WaitForTimeoutAsync(100);
    }

    public async ValueTask DisposeAsync() => await Context.DisposeAsync();
}

using System.Net;
using System.Text.RegularExpressions;

namespace Headwater.Server.Tests;

public sealed partial class PageTests(SalesServer server) : IClassFixture<SalesServer>
{
    [Theory]
    [InlineData("/", "Sales overview")]
    [InlineData("/dashboards/sales", "hw-dashboard")]
    [InlineData("/dashboards/corners", "Refused")]
    [InlineData("/metrics", "Win rate")]
    [InlineData("/metrics/win_rate", "won_opportunities / closed_opportunities")]
    [InlineData("/metrics/win_rate", "<dt>Owner</dt><dd>Sales operations</dd>")]
    [InlineData("/metrics/win_rate", "<dt>Models</dt><dd>opportunities</dd>")]
    [InlineData("/sources", "Opportunities, accounts")]
    [InlineData("/runs", "Failed")]
    public async Task A_page_shows_what_it_is_about(string path, string text)
    {
        using var client = await server.SignedInAsync();
        var page = await client.GetStringAsync(new Uri(path, UriKind.Relative));
        Assert.StartsWith("<!DOCTYPE html>", page, StringComparison.Ordinal);
        Assert.Contains(text, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_shows_what_failed()
    {
        using var client = await server.SignedInAsync();
        var runs = await client.GetStringAsync(new Uri("/runs", UriKind.Relative));
        var run = RunAddress().Match(runs).Groups["run"].Value;
        var page = await client.GetStringAsync(new Uri(run, UriKind.Relative));
        Assert.Contains("2 rows are not unique.", page, StringComparison.Ordinal);
        Assert.Contains("nothing was published", page, StringComparison.Ordinal);

        using var rep = await server.SignedInAsync("ann");
        Assert.DoesNotContain(
            "2 rows are not unique.",
            await rep.GetStringAsync(new Uri(run, UriKind.Relative)),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/dashboards/sales")]
    [InlineData("/metrics")]
    [InlineData("/sources")]
    [InlineData("/runs")]
    [InlineData("/sign-in")]
    [InlineData("/nothing")]
    public async Task The_projects_notice_stands_on_every_page(string path)
    {
        using var client = await server.SignedInAsync();
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Contains(
            "Everything here is made up.",
            await answer.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("/nothing", 404)]
    [InlineData("/dashboards/nothing", 404)]
    [InlineData("/metrics/nothing", 404)]
    [InlineData("/runs/nothing", 404)]
    [InlineData("/assets/nothing.js", 404)]
    [InlineData("/dashboards/%3Cscript%3Ealert(1)%3C%2Fscript%3E", 404)]
    public async Task What_is_not_there_is_a_page_that_says_so(string path, int status)
    {
        using var client = await server.SignedInAsync();
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Equal(status, (int)answer.StatusCode);
        var page = await answer.Content.ReadAsStringAsync();
        Assert.Contains("Not found", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/", "/sign-in")]
    [InlineData(
        "/dashboards/sales?product__series=GTX",
        "/sign-in?return=%2Fdashboards%2Fsales%3Fproduct__series%3DGTX"
    )]
    public async Task A_stranger_is_asked_to_sign_in_and_comes_back(string path, string address)
    {
        using var client = server.Stranger();
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(address, answer.Headers.Location?.OriginalString);
    }

    [Theory]
    [InlineData("/metrics", "/metrics")]
    [InlineData("https://evil.example", "/")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("", "/")]
    public async Task Signing_in_leads_back_to_this_site_alone(string back, string to)
    {
        using var client = server.Stranger();
        using var form = Form(("name", "admin"), ("password", SalesServer.Password), ("return", back));
        using var answer = await client.PostAsync(new Uri("/sign-in", UriKind.Relative), form);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(to, answer.Headers.Location?.OriginalString);
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_wrong_password_is_told_without_losing_the_name()
    {
        using var client = server.Stranger();
        using var form = Form(("name", "some\"one"), ("password", "wrong"));
        using var answer = await client.PostAsync(new Uri("/sign-in", UriKind.Relative), form);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        var page = await answer.Content.ReadAsStringAsync();
        Assert.Contains("The name or the password is not right.", page, StringComparison.Ordinal);
        Assert.Contains("some&quot;one", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/json", "{}")]
    [InlineData("multipart/form-data; boundary=x", "x")]
    [InlineData("application/x-www-form-urlencoded", null)]
    public async Task A_sign_in_that_is_no_form_is_told_so(string mediaType, string? body)
    {
        using var client = server.Stranger();
        using var content = new StringContent(
            body ?? string.Join('&', Enumerable.Range(0, 5_000).Select(number => $"k{number}=1"))
        );
        content.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(mediaType);
        using var answer = await client.PostAsync(new Uri("/sign-in", UriKind.Relative), content);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Signing_out_without_a_session_does_not_lead_back_to_signing_out()
    {
        using var client = server.Stranger();
        using var answer = await client.PostAsync(new Uri("/sign-out", UriKind.Relative), null);
        Assert.Equal("/sign-in", answer.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task A_link_is_spent_by_using_it_not_by_looking_at_it()
    {
        var user = await server.Platform.Users.FindAsync("ann", default);
        var token = await server.Platform.SignIn.MakeLinkAsync(user!, default);
        var address = new Uri("/welcome/" + token, UriKind.Relative);
        using var client = server.Stranger();
        Assert.Contains("signs you in once", await client.GetStringAsync(address), StringComparison.Ordinal);
        Assert.Contains("signs you in once", await client.GetStringAsync(address), StringComparison.Ordinal);
        using var used = await client.PostAsync(address, null);
        Assert.Equal(HttpStatusCode.Redirect, used.StatusCode);
        Assert.Contains(
            "Ann of the West",
            await client.GetStringAsync(new Uri("/", UriKind.Relative)),
            StringComparison.Ordinal
        );
        using var again = await server.Stranger().PostAsync(address, null);
        Assert.Equal(HttpStatusCode.Unauthorized, again.StatusCode);
    }

    [Fact]
    public async Task Signing_out_ends_the_session()
    {
        using var client = await server.SignedInAsync();
        using var signedOut = await client.PostAsync(new Uri("/sign-out", UriKind.Relative), null);
        Assert.Equal("/sign-in", signedOut.Headers.Location?.OriginalString);
        using var after = await client.GetAsync(new Uri("/", UriKind.Relative));
        Assert.Equal(HttpStatusCode.Redirect, after.StatusCode);
    }

    [Fact]
    public async Task No_page_needs_an_inline_script_or_style()
    {
        using var client = await server.SignedInAsync();
        foreach (
            var path in (string[])
                ["/", "/dashboards/corners", "/metrics", "/metrics/win_rate", "/sources", "/runs", "/nothing"]
        )
        {
            using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
            var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
            var page = await answer.Content.ReadAsStringAsync();
            Assert.DoesNotMatch(Inline(), page);
        }
    }

    [Fact]
    public async Task Assets_are_kept_for_ever_and_sent_compressed()
    {
        using var client = server.Stranger();
        var page = await client.GetStringAsync(new Uri("/sign-in", UriKind.Relative));
        var asset = AssetAddress().Match(page).Value;
        using var request = new HttpRequestMessage(HttpMethod.Get, asset);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip, br");
        using var answer = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("immutable", answer.Headers.CacheControl?.ToString(), StringComparison.Ordinal);
        Assert.Equal(["br"], answer.Content.Headers.ContentEncoding);
    }

    [Theory]
    [InlineData("dark")]
    [InlineData("light")]
    public async Task The_chosen_theme_stands_in_the_page(string theme)
    {
        using var client = await server.SignedInAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.TryAddWithoutValidation("Cookie", $"hw_theme={theme}");
        using var answer = await client.SendAsync(request);
        Assert.Contains($"data-theme=\"{theme}\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) =>
        new(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));

    [GeneratedRegex("href=\"(?<run>/runs/[^\"]+)\"", RegexOptions.NonBacktracking)]
    private static partial Regex RunAddress();

    [GeneratedRegex("""<style|\sstyle=|\son[a-z]+=|<script>""", RegexOptions.NonBacktracking)]
    private static partial Regex Inline();

    [GeneratedRegex("/assets/style-[A-Z0-9]+\\.css", RegexOptions.NonBacktracking)]
    private static partial Regex AssetAddress();
}

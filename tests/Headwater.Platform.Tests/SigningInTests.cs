using Headwater.Kernel.Diagnostics;
using Headwater.Platform.SigningIn;
using Headwater.Query;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headwater.Platform.Tests;

public sealed class SigningInTests
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly Dictionary<string, IReadOnlyList<string>> NoAttributes = [];

    [Fact]
    public async Task The_first_start_gives_a_link_that_works_once()
    {
        await using var open = await OpenPlatform.StartAsync();
        var first = await open.Host.EnsureAdministratorAsync(open.Options, None);
        var link = Assert.IsType<FirstSignIn.ByLink>(first);

        var token = await open.Host.SignIn.ByLinkAsync(link.Token, "127.0.0.1", None);
        var session = open.Host.Sessions.Find(token);
        Assert.NotNull(session);
        Assert.True(session.Principal.IsAdministrator);

        await RefusedAsync("HW7022", () => open.Host.SignIn.ByLinkAsync(link.Token, null, None));
    }

    [Fact]
    public async Task A_link_that_nobody_used_is_replaced_at_the_next_start()
    {
        await using var open = await OpenPlatform.StartAsync();
        var lost = (FirstSignIn.ByLink)await open.Host.EnsureAdministratorAsync(open.Options, None);
        await open.ReopenAsync();
        var next = (FirstSignIn.ByLink)await open.Host.EnsureAdministratorAsync(open.Options, None);

        await RefusedAsync("HW7022", () => open.Host.SignIn.ByLinkAsync(lost.Token, null, None));
        await open.Host.SignIn.ByLinkAsync(next.Token, null, None);
        await open.ReopenAsync();
        Assert.IsType<FirstSignIn.NotNeeded>(await open.Host.EnsureAdministratorAsync(open.Options, None));
    }

    [Fact]
    public async Task A_link_expires()
    {
        await using var open = await OpenPlatform.StartAsync();
        var link = (FirstSignIn.ByLink)await open.Host.EnsureAdministratorAsync(open.Options, None);
        open.Time.Move(open.Options.LinkLifetime + TimeSpan.FromSeconds(1));
        await RefusedAsync("HW7022", () => open.Host.SignIn.ByLinkAsync(link.Token, null, None));
    }

    [Fact]
    public async Task Of_two_who_come_with_one_link_one_gets_in()
    {
        await using var open = await OpenPlatform.StartAsync();
        var link = (FirstSignIn.ByLink)await open.Host.EnsureAdministratorAsync(open.Options, None);
        var tries = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(async _ =>
                {
                    try
                    {
                        await open.Host.SignIn.ByLinkAsync(link.Token, null, None);
                        return true;
                    }
                    catch (DiagnosticException)
                    {
                        return false;
                    }
                })
        );
        Assert.Single(tries, true);
    }

    [Fact]
    public async Task A_password_from_the_environment_makes_no_link()
    {
        await using var open = await OpenPlatform.StartAsync();
        var options = open.Options with { AdministratorPassword = "correct horse battery" };
        Assert.IsType<FirstSignIn.ByPassword>(await open.Host.EnsureAdministratorAsync(options, None));
        Assert.NotNull(
            open.Host.Sessions.Find(
                await open.Host.SignIn.ByPasswordAsync("ADMIN", "correct horse battery", null, None)
            )
        );
    }

    [Fact]
    public async Task A_wrong_password_and_a_wrong_name_are_refused_in_the_same_words()
    {
        await using var open = await OpenPlatform.StartAsync();
        await open.Host.Users.AddAsync("ann", "Ann", "correct horse battery", [], NoAttributes, None);
        var wrong = await RefusedAsync("HW7020", () => open.Host.SignIn.ByPasswordAsync("ann", "wrong", null, None));
        var unknown = await RefusedAsync("HW7020", () => open.Host.SignIn.ByPasswordAsync("bob", "wrong", null, None));
        Assert.Equal(wrong, unknown);
    }

    [Fact]
    public async Task A_user_without_a_password_cannot_sign_in_by_one()
    {
        await using var open = await OpenPlatform.StartAsync();
        await open.Host.EnsureAdministratorAsync(open.Options, None);
        await RefusedAsync("HW7020", () => open.Host.SignIn.ByPasswordAsync("admin", "", null, None));
    }

    [Fact]
    public async Task Guesses_that_come_all_at_once_are_counted_too()
    {
        await using var open = await OpenPlatform.StartAsync();
        await open.Host.Users.AddAsync("ann", "Ann", "correct horse battery", [], NoAttributes, None);
        var codes = await Task.WhenAll(
            Enumerable
                .Range(0, 30)
                .Select(async guess =>
                {
                    var refused = await Assert.ThrowsAsync<DiagnosticException>(() =>
                        Task.Run(() =>
                            open.Host.SignIn.ByPasswordAsync("ann", $"guess {guess}", $"10.0.0.{guess}", None)
                        )
                    );
                    return refused.Diagnostic.Code;
                })
        );
        Assert.InRange(codes.Count(code => code == "HW7020"), 1, 10);
    }

    [Fact]
    public async Task The_home_folder_is_its_owners_alone()
    {
        var parent = Directory.CreateTempSubdirectory("headwater-platform-").FullName;
        var options = new PlatformOptions(Path.Combine(parent, "home"));
        var host = await PlatformHost.OpenAsync(options, TimeProvider.System, NullLogger.Instance, None);
        await host.DisposeAsync();
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
                File.GetUnixFileMode(options.Home)
            );
        }

        Directory.Delete(parent, recursive: true);
    }

    [Fact]
    public async Task Guessing_is_slowed_and_the_right_password_must_wait_too()
    {
        await using var open = await OpenPlatform.StartAsync();
        await open.Host.Users.AddAsync("ann", "Ann", "correct horse battery", [], NoAttributes, None);
        for (var guess = 0; guess < 5; guess++)
        {
            await RefusedAsync("HW7020", () => open.Host.SignIn.ByPasswordAsync("ann", "wrong", null, None));
        }

        await RefusedAsync(
            "HW7021",
            () => open.Host.SignIn.ByPasswordAsync("ann", "correct horse battery", null, None)
        );
        open.Time.Move(TimeSpan.FromSeconds(16));
        await open.Host.SignIn.ByPasswordAsync("ann", "correct horse battery", null, None);
    }

    [Fact]
    public async Task A_short_password_is_refused()
    {
        await using var open = await OpenPlatform.StartAsync();
        await RefusedAsync("HW7012", () => open.Host.Users.AddAsync("ann", "Ann", "short", [], NoAttributes, None));
    }

    [Fact]
    public async Task A_name_is_taken_whatever_its_case()
    {
        await using var open = await OpenPlatform.StartAsync();
        await open.Host.Users.AddAsync("ann", "Ann", null, [], NoAttributes, None);
        await RefusedAsync("HW7010", () => open.Host.Users.AddAsync("Ann", "Ann", null, [], NoAttributes, None));
    }

    [Fact]
    public async Task A_session_survives_a_restart_and_ends_unused()
    {
        await using var open = await OpenPlatform.StartAsync();
        var user = await open.Host.Users.AddAsync("ann", "Ann", null, ["sales_rep"], NoAttributes, None);
        var token = await open.Host.Sessions.OpenSessionAsync(user, null, None);
        await open.ReopenAsync();
        Assert.Equal("ann", open.Host.Sessions.Find(token)?.User.Name);

        open.Time.Move(open.Options.SessionIdle + TimeSpan.FromSeconds(1));
        Assert.Null(open.Host.Sessions.Find(token));
    }

    [Fact]
    public async Task A_used_session_slides_until_its_longest_life()
    {
        await using var open = await OpenPlatform.StartAsync();
        var user = await open.Host.Users.AddAsync("ann", "Ann", null, [], NoAttributes, None);
        var token = await open.Host.Sessions.OpenSessionAsync(user, null, None);
        for (var day = 0; day < 30; day++)
        {
            open.Time.Move(TimeSpan.FromDays(1) - TimeSpan.FromSeconds(1));
            Assert.NotNull(open.Host.Sessions.Find(token));
        }

        open.Time.Move(TimeSpan.FromDays(1));
        Assert.Null(open.Host.Sessions.Find(token));
    }

    [Fact]
    public async Task Signing_out_ends_the_session_for_good()
    {
        await using var open = await OpenPlatform.StartAsync();
        var user = await open.Host.Users.AddAsync("ann", "Ann", null, [], NoAttributes, None);
        var token = await open.Host.Sessions.OpenSessionAsync(user, null, None);
        await open.Host.Sessions.EndAsync(open.Host.Sessions.Find(token)!, None);
        Assert.Null(open.Host.Sessions.Find(token));
        await open.ReopenAsync();
        Assert.Null(open.Host.Sessions.Find(token));
    }

    [Fact]
    public async Task Changed_roles_and_attributes_hold_at_once_in_open_sessions()
    {
        await using var open = await OpenPlatform.StartAsync();
        var user = await open.Host.Users.AddAsync("ann", "Ann", null, ["sales_rep"], NoAttributes, None);
        var token = await open.Host.Sessions.OpenSessionAsync(user, null, None);
        await open.Host.Users.UpdateAsync(
            user with
            {
                Roles = [Principal.AdministratorRole],
                Attributes = new Dictionary<string, IReadOnlyList<string>> { ["regions"] = ["West"] },
            },
            None
        );
        var principal = open.Host.Sessions.Find(token)!.Principal;
        Assert.True(principal.IsAdministrator);
        Assert.Equal(["West"], principal.Attributes["regions"]);

        await open.Host.Users.UpdateAsync(user with { Disabled = true }, None);
        Assert.Null(open.Host.Sessions.Find(token));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("not a token but just as long as one, really")]
    [InlineData("ünïcödé-ünïcödé-ünïcödé-ünïcödé-ünïcödé-ünï")]
    public async Task What_is_no_token_finds_no_session(string token)
    {
        await using var open = await OpenPlatform.StartAsync();
        Assert.Null(open.Host.Sessions.Find(token));
    }

    [Fact]
    public async Task No_secret_stands_in_the_catalog()
    {
        string session;
        string link;
        var open = await OpenPlatform.StartAsync();
        await using (open)
        {
            var first = (FirstSignIn.ByLink)await open.Host.EnsureAdministratorAsync(open.Options, None);
            link = first.Token;
            var user = await open.Host.Users.AddAsync("ann", "Ann", "correct horse battery", [], NoAttributes, None);
            session = await open.Host.Sessions.OpenSessionAsync(user, null, None);
            await open.ReopenAsync();
            await open.Host.DisposeAsync();
            var bytes = System.Text.Encoding.Latin1.GetString(
                await File.ReadAllBytesAsync(Path.Combine(open.Home, "catalog.duckdb"), None)
            );
            Assert.Contains("ann", bytes, StringComparison.Ordinal);
            Assert.DoesNotContain(session, bytes, StringComparison.Ordinal);
            Assert.DoesNotContain(link, bytes, StringComparison.Ordinal);
            Assert.DoesNotContain("correct horse battery", bytes, StringComparison.Ordinal);
            await open.ReopenAsync();
        }
    }

    private static async Task<string> RefusedAsync(string code, Func<Task> work)
    {
        var refused = await Assert.ThrowsAsync<DiagnosticException>(work);
        Assert.Equal(code, refused.Diagnostic.Code);
        return refused.Diagnostic.ToString();
    }
}

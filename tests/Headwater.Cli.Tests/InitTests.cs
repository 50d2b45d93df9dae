namespace Headwater.Cli.Tests;

public sealed class InitTests
{
    [Fact]
    public async Task A_new_project_builds_at_once_and_answers()
    {
        using var session = new CommandLineSession();

        var made = await session.RunAsync("init", "my-shop");
        var built = await session.RunAsync("build", "--project", "my-shop");
        var asked = await session.RunAsync(
            "query",
            "--project",
            "my-shop",
            "--metrics",
            "revenue,orders",
            "--output",
            "csv"
        );

        Assert.Equal(0, made.Exit);
        Assert.True(built.Exit == 0, built.Error);
        Assert.Contains("712.50,6", asked.Out, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(session.Folder, "my-shop", ".gitignore")));
    }

    [Fact]
    public async Task A_folder_that_holds_something_is_not_written_into()
    {
        using var session = new CommandLineSession();
        session.Write("full/notes.txt", "mine");

        var refused = await session.RunAsync("init", "full");

        Assert.Equal(2, refused.Exit);
        Assert.Contains("HW9005", refused.Error, StringComparison.Ordinal);
        Assert.Single(Directory.GetFileSystemEntries(Path.Combine(session.Folder, "full")));
    }

    [Fact]
    public async Task A_server_file_left_by_a_killed_server_with_this_process_number_is_passed_over()
    {
        using var session = new CommandLineSession();
        await session.RunAsync("init", "my-shop");
        session.Write(
            "my-shop/.headwater/server.json",
            $$"""{"Url":"http://127.0.0.1:1","Token":"x","ProcessId":{{Environment.ProcessId}}}"""
        );

        var built = await session.RunAsync("build", "--project", "my-shop");

        Assert.True(built.Exit == 0, built.Error);
    }

    [Fact]
    public async Task A_user_is_not_given_a_role_that_the_project_does_not_have()
    {
        using var session = new CommandLineSession();
        await session.RunAsync("init", "my-shop");

        var refused = await session.RunAsync("user", "add", "rita", "--role", "administratr", "--project", "my-shop");
        var added = await session.RunAsync("user", "add", "rita", "--role", "administrator", "--project", "my-shop");

        Assert.Equal(2, refused.Exit);
        Assert.Contains("HW9010", refused.Error, StringComparison.Ordinal);
        Assert.Contains("'administrator'", refused.Error, StringComparison.Ordinal);
        Assert.Equal(0, added.Exit);
        Assert.Contains("/welcome/", added.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "frobnicate")]
    [InlineData(2, "build", "--selct", "x")]
    [InlineData(2, "build", "--set", "nonsense")]
    [InlineData(1, "build", "--project", "nowhere")]
    [InlineData(0, "--help")]
    public async Task Exit_codes_tell_misuse_from_failure(int expected, params string[] arguments)
    {
        using var session = new CommandLineSession();

        var result = await session.RunAsync(arguments);

        Assert.Equal(expected, result.Exit);
        Assert.NotEmpty(result.Out + result.Error);
    }

    [Fact]
    public async Task An_unknown_setting_is_named_with_the_nearest_known()
    {
        using var session = new CommandLineSession();
        await session.RunAsync("init", "shop");

        var refused = await session.RunAsync("build", "--project", "shop", "--set", "headwater.cash_mb=1");

        Assert.Equal(1, refused.Exit);
        Assert.Contains("cash_mb", refused.Error, StringComparison.Ordinal);
        Assert.Contains("did you mean 'cache_mb'?", refused.Error, StringComparison.Ordinal);
    }
}

using System.Text.Json;

namespace Headwater.Cli.Tests;

/// <summary>Options that dbt's users type mean what they mean there.</summary>
public sealed class DbtOptionTests
{
    private static CommandLineSession Shop()
    {
        var session = new CommandLineSession();
        session.Write("dbt_project.yml", "name: shop\nprofile: shop\n");
        session.Write("seeds/raw.csv", "id\n1\n2\n");
        session.Write("models/orders.sql", "select id from {{ ref('raw') }}");
        session.Write("models/s.yml", "models: [{name: orders, columns: [{name: id, tests: [unique]}]}]\n");
        return session;
    }

    private static (string Path, string Text) Warned =>
        (
            "models/s.yml",
            "models: [{name: orders, columns: [{name: id, tests: [{accepted_values: {values: [1], config: {severity: warn}}}]}]}]\n"
        );

    [Theory]
    [InlineData("--debug")]
    [InlineData("-d")]
    [InlineData("--log-level info")]
    [InlineData("--no-use-colors")]
    [InlineData("--use-colors")]
    [InlineData("--no-version-check")]
    [InlineData("--no-partial-parse")]
    [InlineData("--no-fail-fast")]
    public async Task What_has_no_meaning_here_is_accepted_before_and_after_the_command(string option)
    {
        using var session = Shop();
        Assert.Equal(0, (await session.RunAsync([.. option.Split(' '), "ls"])).Exit);
        Assert.Equal(0, (await session.RunAsync(["ls", .. option.Split(' ')])).Exit);
    }

    [Theory]
    [InlineData("build --sample 3d", "--sample is not known here")]
    [InlineData("build --resource-type modell", "did you mean 'model'?")]
    [InlineData("build --output path", "HW9017")]
    [InlineData("build --warn-error-options nonsense", "HW2153")]
    public async Task What_cannot_be_done_is_refused_with_a_word(string line, string words)
    {
        using var session = Shop();
        var run = await session.RunAsync(line.Split(' '));
        Assert.NotEqual(0, run.Exit);
        Assert.Contains(words, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_project_its_profile_and_its_target_are_named()
    {
        using var session = Shop();
        session.Write(
            "profiles.yml",
            "other: {target: dev, outputs: {dev: {type: duckdb, schema: one}, prod: {type: duckdb, schema: two}}}\n"
        );
        var debug = await session.RunAsync("debug", "--project-dir", ".", "--profile", "other", "-t", "prod");
        Assert.Contains("other, target prod", debug.Out, StringComparison.Ordinal);
        Assert.Contains("schema     two", debug.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Artifacts_go_where_the_command_or_else_the_project_says()
    {
        using var session = Shop();
        Assert.Equal(0, (await session.RunAsync("parse", "--target-path", "out")).Exit);
        Assert.True(File.Exists(Path.Combine(session.Folder, "out", "manifest.json")));
        session.Write("dbt_project.yml", "name: shop\nprofile: shop\ntarget-path: own\n");
        Assert.Equal(0, (await session.RunAsync("parse")).Exit);
        Assert.True(File.Exists(Path.Combine(session.Folder, "own", "manifest.json")));
        Assert.False(Directory.Exists(Path.Combine(session.Folder, "target")));
    }

    [Fact]
    public async Task Quiet_commands_say_errors_alone()
    {
        using var session = Shop();
        session.Write(Warned.Path, Warned.Text);
        var quiet = await session.RunAsync("build", "-q");
        Assert.Equal((0, ""), (quiet.Exit, quiet.Error));
        session.Write("models/bad.sql", "select nothing_like_it");
        Assert.StartsWith(
            "models/bad.sql",
            (await session.RunAsync("--quiet", "build")).Error,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("", 0, true)]
    [InlineData("--warn-error", 1, true)]
    [InlineData("--warn-error-options {error:[HW2133]}", 1, true)]
    [InlineData("--warn-error-options {error:all,warn:[HW2133]}", 0, true)]
    [InlineData("--warn-error-options {silence:[HW2133]}", 0, false)]
    public async Task Warnings_count_as_they_are_asked_to(string options, int exit, bool shown)
    {
        using var session = Shop();
        session.Write(Warned.Path, Warned.Text);
        var build = await session.RunAsync([
            "build",
            .. options
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(word => word.Replace(":", ": ", StringComparison.Ordinal)),
        ]);
        Assert.Equal(exit, build.Exit);
        Assert.Equal(shown, build.Error.Contains("HW2133", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", true, "warning")]
    [InlineData("--warn-error", false, "error")]
    public async Task Programs_are_told_how_warnings_count(string option, bool succeeded, string severity)
    {
        using var session = Shop();
        session.Write(Warned.Path, Warned.Text);
        var build = await session.RunAsync([
            "build",
            "--output",
            "json",
            .. option.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        ]);
        using var document = JsonDocument.Parse(build.Out);
        Assert.Equal(succeeded, document.RootElement.GetProperty("succeeded").GetBoolean());
        var told = document
            .RootElement.GetProperty("diagnostics")
            .EnumerateArray()
            .Single(item => item.GetProperty("code").GetString() == "HW2133");
        Assert.Equal(severity, told.GetProperty("severity").GetString());
    }

    [Theory]
    [InlineData("build --no-full-refresh --no-fail-fast --no-defer --no-empty", 0, "")]
    [InlineData("build --full-refresh --no-full-refresh", 2, "--full-refresh and --no-full-refresh")]
    [InlineData("build --no-quiet -q", 2, "--quiet and --no-quiet")]
    [InlineData("compile --no-introspect", 2, "--no-introspect is not known here")]
    [InlineData("build --no-print", 2, "--no-print is not known here")]
    [InlineData("build --no-write-json", 2, "--no-write-json is not known here")]
    public async Task Options_that_switch_off_do_so_or_say_why_not(string line, int exit, string words)
    {
        using var session = Shop();
        var run = await session.RunAsync(line.Split(' '));
        Assert.Equal(exit, run.Exit);
        Assert.Contains(words, run.Out + run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("build --resource-type seed model", "building 2 nodes")]
    [InlineData("build --exclude-resource-type test", "building 2 nodes")]
    [InlineData("build --resource-type all", "building 3 nodes")]
    [InlineData("build --select orders --indirect-selection empty --resource-type test", "building 0 nodes")]
    public async Task Kinds_are_taken_and_left_out(string line, string words)
    {
        using var session = Shop();
        Assert.Contains(words, (await session.RunAsync(line.Split(' '))).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_project_says_which_tests_come_along()
    {
        using var session = Shop();
        session.Write("dbt_project.yml", "name: shop\nprofile: shop\nflags: {indirect_selection: empty}\n");
        Assert.Equal("shop.orders", (await session.RunAsync("ls", "-s", "orders")).Out.Trim());
        var eager = await session.RunAsync("ls", "-s", "orders", "--indirect-selection", "eager");
        Assert.Contains("unique_orders_id", eager.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ls --resource-type model --output name", "orders")]
    [InlineData("ls --resource-type model --output path", "models/orders.sql")]
    [InlineData("ls --resource-type model --output selector", "shop.orders")]
    [InlineData(
        "ls --resource-type model --output json --output-keys name alias",
        "{\"name\":\"orders\",\"alias\":\"orders\"}"
    )]
    public async Task Lists_are_written_as_asked(string line, string expected)
    {
        using var session = Shop();
        Assert.Equal(expected, (await session.RunAsync(line.Split(' '))).Out.Trim());
    }

    [Fact]
    public async Task To_defer_needs_a_state_and_what_is_favored_is_read_from_there()
    {
        using var session = Shop();
        var without = await session.RunAsync("build", "--defer");
        Assert.Equal(2, without.Exit);
        Assert.Contains("HW9016", without.Error, StringComparison.Ordinal);

        Assert.Equal(0, (await session.RunAsync("build", "--target-path", "prod")).Exit);
        var manifest = Path.Combine(session.Folder, "prod", "manifest.json");
        var text = await File.ReadAllTextAsync(manifest, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            manifest,
            text.Replace("analytics", "elsewhere", StringComparison.Ordinal),
            TestContext.Current.CancellationToken
        );
        var deferred = await session.RunAsync("compile", "-s", "orders", "--defer", "--state", "prod");
        Assert.DoesNotContain("elsewhere", deferred.Out, StringComparison.Ordinal);
        var favored = await session.RunAsync("compile", "-s", "orders", "--defer", "--state", "prod", "--favor-state");
        Assert.Contains("elsewhere", favored.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Queries_are_compiled_inline_and_as_for_a_full_refresh()
    {
        using var session = Shop();
        session.Write(
            "models/grown.sql",
            "{{ config(materialized='incremental') }}select id{% if is_incremental() %}, 1 as more{% endif %} from {{ ref('raw') }}"
        );
        Assert.Equal(0, (await session.RunAsync("build")).Exit);
        var inline = await session.RunAsync(
            "compile",
            "--inline",
            "select {{ 1 + 1 }} as two from {{ ref('orders') }}"
        );
        Assert.Contains("select 2 as two from", inline.Out, StringComparison.Ordinal);
        Assert.Contains("more", (await session.RunAsync("compile", "-s", "grown")).Out, StringComparison.Ordinal);
        foreach (var command in (string[])["compile", "show"])
        {
            var full = await session.RunAsync(command, "-s", "grown", "--full-refresh");
            Assert.Equal(0, full.Exit);
            Assert.DoesNotContain("more", full.Out, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Seeds_are_shown_and_a_catalog_is_left_empty()
    {
        using var session = Shop();
        var seed = await session.RunAsync("seed", "--show");
        Assert.Contains("raw", seed.Out, StringComparison.Ordinal);
        Assert.Contains("2", seed.Out, StringComparison.Ordinal);
        var docs = await session.RunAsync("docs", "generate", "--empty-catalog");
        Assert.Contains("wrote 0 relations", docs.Error, StringComparison.Ordinal);
    }
}

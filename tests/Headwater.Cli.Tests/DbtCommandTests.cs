using System.Text.Json;

namespace Headwater.Cli.Tests;

/// <summary>The commands that dbt's users know, on a project of dbt.</summary>
public sealed class DbtCommandTests
{
    private static CommandLineSession Shop()
    {
        var session = new CommandLineSession();
        session.Write("dbt_project.yml", "name: shop\nprofile: shop\nclean-targets: [target]\n");
        session.Write("seeds/raw.csv", "id,amount\n1,10\n2,20\n");
        session.Write(
            "models/orders.sql",
            "{{ config(materialized='table') }}select id, amount * {{ var('factor', 1) }} as amount from {{ ref('raw') }}"
        );
        session.Write("models/big.sql", "select * from {{ ref('orders') }} where amount > 10");
        session.Write(
            "models/schema.yml",
            """
            models: [{name: orders, columns: [{name: id, data_tests: [unique]}]}]
            exposures: [{name: page, type: dashboard, owner: {email: a@b.example}, depends_on: [ref('big')]}]
            """
        );
        session.Write(
            "macros/say.sql",
            "{% macro say(what) %}{% do log('said ' ~ what, info=true) %}{% do run_query('create table main.said as select 1 as x') %}{% endmacro %}"
        );
        return session;
    }

    private static JsonElement Artifact(CommandLineSession session, string name) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(session.Folder, "target", name))).RootElement;

    [Fact]
    public async Task Seeds_runs_and_tests_are_commands_of_their_own()
    {
        using var session = Shop();
        Assert.Equal(0, (await session.RunAsync("seed")).Exit);
        Assert.Equal(0, (await session.RunAsync("run", "--vars", "{factor: 3}", "--threads", "4")).Exit);
        var test = await session.RunAsync("test");
        Assert.Equal(0, test.Exit);
        Assert.Contains("unique_orders_id", test.Error, StringComparison.Ordinal);
        var shown = await session.RunAsync("show", "--select", "big", "--output", "csv");
        Assert.Equal("id,amount\n1,30\n2,60", shown.Out.Trim().ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Artifacts_have_the_shapes_of_dbts()
    {
        using var session = Shop();
        Assert.Equal(0, (await session.RunAsync("build")).Exit);
        var manifest = Artifact(session, "manifest.json");
        Assert.EndsWith(
            "manifest/v12.json",
            manifest.GetProperty("metadata").GetProperty("dbt_schema_version").GetString(),
            StringComparison.Ordinal
        );
        var orders = manifest.GetProperty("nodes").GetProperty("model.shop.orders");
        Assert.Equal("sha256", orders.GetProperty("checksum").GetProperty("name").GetString());
        Assert.Contains("amount * 1", orders.GetProperty("compiled_code").GetString(), StringComparison.Ordinal);
        Assert.Equal(
            ["model.shop.big", "test.shop.unique_orders_id"],
            manifest
                .GetProperty("child_map")
                .GetProperty("model.shop.orders")
                .EnumerateArray()
                .Select(id => id.GetString()![..Math.Min(id.GetString()!.Length, 26)])
        );
        var results = Artifact(session, "run_results.json").GetProperty("results").EnumerateArray().ToList();
        Assert.Equal(4, results.Count);
        Assert.All(
            results,
            result => Assert.Contains(result.GetProperty("status").GetString(), (string[])["success", "pass"])
        );

        Assert.Equal(0, (await session.RunAsync("docs", "generate")).Exit);
        var columns = Artifact(session, "catalog.json")
            .GetProperty("nodes")
            .GetProperty("model.shop.orders")
            .GetProperty("columns");
        Assert.Equal(2, columns.GetProperty("amount").GetProperty("index").GetInt32());
        Assert.Equal(0, (await session.RunAsync("clean")).Exit);
        Assert.False(Directory.Exists(Path.Combine(session.Folder, "target")));
    }

    [Fact]
    public async Task Retry_runs_what_failed_and_what_was_skipped()
    {
        using var session = Shop();
        session.Write("models/big.sql", "select nothing from {{ ref('orders') }}");
        Assert.Equal(1, (await session.RunAsync("build", "--no-atomic")).Exit);
        session.Write("models/big.sql", "select id from {{ ref('orders') }}");
        var retried = await session.RunAsync("retry");
        Assert.Equal(0, retried.Exit);
        Assert.Contains("building 1 nodes", retried.Error, StringComparison.Ordinal);
        Assert.Contains("nothing failed", (await session.RunAsync("retry")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dry_run_says_what_would_change_and_changes_nothing()
    {
        using var session = Shop();
        var dry = await session.RunAsync("build", "--dry-run", "--select", "orders");
        Assert.Equal(0, dry.Exit);
        Assert.Contains("make table", dry.Out, StringComparison.Ordinal);
        Assert.Contains("changes models that read it: big", dry.Out, StringComparison.Ordinal);
        Assert.Contains("changes exposures: page", dry.Out, StringComparison.Ordinal);
        Assert.Equal(0, (await session.RunAsync("build")).Exit);
        var again = await session.RunAsync("build", "--dry-run", "--output", "json");
        Assert.Contains("\"action\": \"replace\"", again.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("build --select orders --dry-rnu")]
    [InlineData("compile --select orders --no-such")]
    [InlineData("ls --exclude big --ouptut json")]
    [InlineData("query --metrics revenue --gruop-by x")]
    public async Task A_mistyped_option_after_a_list_is_refused_and_nothing_runs(string line)
    {
        using var session = Shop();
        var run = await session.RunAsync(line.Split(' '));
        Assert.Equal(2, run.Exit);
        Assert.Contains("Unrecognized option '--", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(session.Folder, ".headwater")));
    }

    [Fact]
    public async Task Reading_commands_see_the_graph_make_no_catalog_and_blame_no_file_for_an_inline_query()
    {
        using var session = Shop();
        session.Write(
            "models/counted.sql",
            "-- {% if execute %}{{ graph.nodes.values() | selectattr('resource_type', 'equalto', 'model') | list | length }} models{% endif %}\nselect 1 as x"
        );
        var compiled = await session.RunAsync("compile", "--select", "counted");
        var wrong = await session.RunAsync("show", "--inline", "select * from nowhere");

        Assert.Equal(0, compiled.Exit);
        Assert.Matches("-- [1-9] models", compiled.Out);
        Assert.False(File.Exists(Path.Combine(session.Folder, ".headwater/catalog.duckdb")));
        Assert.Equal(1, wrong.Exit);
        Assert.Contains("The SQL of the inline query is wrong", wrong.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(".sql:", wrong.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dry_run_says_of_an_incremental_model_that_its_sql_has_changed()
    {
        using var session = Shop();
        session.Write("models/grown.sql", "{{ config(materialized='incremental') }}select id from {{ ref('orders') }}");
        Assert.Equal(0, (await session.RunAsync("build")).Exit);
        var same = await session.RunAsync("build", "--dry-run", "--select", "grown");
        session.Write(
            "models/grown.sql",
            "{{ config(materialized='incremental') }}select id + 1 as id from {{ ref('orders') }}"
        );
        var changed = await session.RunAsync("build", "--dry-run", "--select", "grown");

        Assert.DoesNotContain("other SQL", same.Out, StringComparison.Ordinal);
        Assert.Contains("add rows by other SQL than its old ones", changed.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_build_is_rolled_back_by_a_command()
    {
        using var session = Shop();
        await session.RunAsync("build");
        await session.RunAsync("build", "--vars", "{factor: 5}");
        var rolled = await session.RunAsync("rollback");
        Assert.Equal(0, rolled.Exit);
        Assert.Contains("restored analytics.orders", rolled.Out, StringComparison.Ordinal);
        var rows = await session.RunAsync("sql", "select sum(amount) as s from analytics.orders", "--output", "csv");
        Assert.Equal("s\n30", rows.Out.Trim().ReplaceLineEndings("\n"));
        Assert.Equal(1, (await session.RunAsync("rollback")).Exit);
    }

    [Fact]
    public async Task Lists_compiles_parses_operates_and_debugs()
    {
        using var session = Shop();
        var listed = await session.RunAsync("ls", "--select", "+big", "--resource-type", "model");
        Assert.Equal("shop.big\nshop.orders", listed.Out.Trim().ReplaceLineEndings("\n"));
        Assert.Equal(0, (await session.RunAsync("parse")).Exit);
        Assert.Equal(0, (await session.RunAsync("build")).Exit);
        var compiled = await session.RunAsync("compile", "--select", "big");
        Assert.Contains("\"analytics\".\"orders\" where amount > 10", compiled.Out, StringComparison.Ordinal);
        var said = await session.RunAsync("run-operation", "say", "--args", "{what: hello}");
        Assert.Equal(0, said.Exit);
        Assert.Contains("said hello", said.Error, StringComparison.Ordinal);
        Assert.Contains("warehouse  duckdb", (await session.RunAsync("debug")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sources_are_asked_how_old_they_are()
    {
        using var session = Shop();
        session.Write(
            "models/sources.yml",
            """
            sources:
              - name: main
                config: {loaded_at_field: loaded, freshness: {warn_after: {count: 1, period: hour}, error_after: {count: 1, period: day}}}
                loaded_at_field: loaded
                freshness: {warn_after: {count: 1, period: hour}, error_after: {count: 1, period: day}}
                tables: [{name: fresh}, {name: old}]
            """
        );
        session.Write(
            "macros/make.sql",
            "{% macro make() %}{% do run_query(\"create table main.fresh as select now()::timestamp as loaded\") %}{% do run_query(\"create table main.old as select timestamp '2001-01-01' as loaded\") %}{% endmacro %}"
        );
        Assert.Equal(0, (await session.RunAsync("run-operation", "make")).Exit);
        var asked = await session.RunAsync("source", "freshness");
        Assert.Equal(1, asked.Exit);
        Assert.Contains("TOO OLD", asked.Out, StringComparison.Ordinal);
        var results = Artifact(session, "sources.json").GetProperty("results").EnumerateArray().ToList();
        Assert.Equal(
            ["pass", "error"],
            results
                .OrderByDescending(found => found.GetProperty("status").GetString())
                .Select(found => found.GetProperty("status").GetString()!)
        );
    }

    [Fact]
    public async Task Packages_of_git_repositories_are_installed()
    {
        using var session = Shop();
        session.Write("elsewhere/tools/dbt_project.yml", "name: tools\n");
        session.Write("elsewhere/tools/macros/two.sql", "{% macro two() %}2{% endmacro %}");
        var repository = Path.Combine(session.Folder, "elsewhere", "tools");
        foreach (
            var command in (string[])["init -q", "add .", "-c user.name=a -c user.email=a@b.example commit -qm first"]
        )
        {
            using var git = System.Diagnostics.Process.Start("git", $"-C {repository} {command}");
            await git.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(0, git.ExitCode);
        }

        session.Write("packages.yml", $"packages: [{{git: \"{repository}\"}}]\n");
        session.Write("models/uses.sql", "select {{ tools.two() }} as two");
        var installed = await session.RunAsync("deps");
        Assert.Equal("", installed.Out);
        Assert.Equal(0, installed.Exit);
        Assert.Equal(0, (await session.RunAsync("run", "--select", "uses")).Exit);
        session.Write("packages.yml", "packages: [{git: \"/no/such/repository\"}]\n");
        Assert.Contains("HW9102", (await session.RunAsync("deps")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_metric_over_a_table_that_was_rolled_back_says_what_is_not_published()
    {
        using var session = new CommandLineSession();
        await session.RunAsync("init", "shop");
        Assert.Equal(0, (await session.RunAsync("build", "--project", "shop")).Exit);
        Assert.Equal(0, (await session.RunAsync("rollback", "--project", "shop")).Exit);
        var asked = await session.RunAsync("query", "--project", "shop", "--metrics", "revenue");
        Assert.Equal(1, asked.Exit);
        Assert.Contains("HW5004", asked.Error, StringComparison.Ordinal);
    }
}

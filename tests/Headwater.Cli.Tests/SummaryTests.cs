namespace Headwater.Cli.Tests;

/// <summary>What commands say at their end is what they did.</summary>
public sealed class SummaryTests
{
    private static CommandLineSession Project(params (string Path, string Text)[] files)
    {
        var session = new CommandLineSession();
        session.Write("dbt_project.yml", "name: shop\nprofile: shop\n");
        foreach (var (path, text) in files)
        {
            session.Write(path, text);
        }

        return session;
    }

    private static readonly (string, string) Good = ("models/good.sql", "select 1 as id");
    private static readonly (string, string) Bad = ("models/bad.sql", "select nothing_like_it");

    [Fact]
    public async Task Of_two_parts_one_is_published_and_said_to_be()
    {
        using var session = Project(Good, Bad);
        var build = await session.RunAsync("build");
        Assert.Equal(1, build.Exit);
        Assert.Contains("published 1 of 2 parts: 1 ok, 1 in error", build.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Node_by_node_no_passing_test_is_said_to_have_published_nothing()
    {
        using var session = Project(
            Good,
            Bad,
            ("models/s.yml", "models: [{name: good, columns: [{name: id, tests: [unique]}]}]\n")
        );
        var build = await session.RunAsync("build", "--no-atomic");
        Assert.Contains("published 1 of 2 parts: 2 ok, 1 in error", build.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("nothing published", build.Error, StringComparison.Ordinal);
        Assert.Contains("passed: 1 ok", (await session.RunAsync("test")).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("build --select nowhere", "'nowhere' selects nothing.")]
    [InlineData("build --exclude good", "Everything but 'good' selects nothing.")]
    [InlineData("seed", "The command 'seed' selects nothing.")]
    public async Task An_empty_selection_is_said_in_words(string line, string words)
    {
        using var session = Project(Good);
        var build = await session.RunAsync(line.Split(' '));
        Assert.Contains(words, build.Error, StringComparison.Ordinal);
        Assert.Contains("nothing to do in", build.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("published:", build.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Versions_are_told_apart_and_columns_stand_below_each_other()
    {
        using var session = Project(
            Good,
            ("models/c_v1.sql", "select 1 as id"),
            ("models/c_v2.sql", "select id from {{ ref('good') }}"),
            (
                "models/s.yml",
                """
                models: [{name: c, latest_version: 2, versions: [{v: 1}, {v: 2}]}]
                unit_tests:
                  - {name: adds, model: c, versions: {include: [2]}, given: [{input: ref('good'), rows: [{id: 1}]}], expect: {rows: [{id: 1}]}}
                """
            )
        );
        var lines = (await session.RunAsync("build"))
            .Error.Split('\n')
            .Where(line =>
                line.Contains(" ok ", StringComparison.Ordinal) && line.StartsWith("  [", StringComparison.Ordinal)
            )
            .ToList();
        Assert.Contains(lines, line => line.Contains(" c.v1 ", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains(" c.v2 ", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("unit_test", StringComparison.Ordinal));
        Assert.Single(lines.Select(line => line.IndexOf(" ok ", StringComparison.Ordinal)).Distinct());
    }

    [Fact]
    public async Task A_profile_that_is_missing_is_named_not_its_target()
    {
        using var session = Project(Good, ("profiles.yml", "shops: {target: dev, outputs: {dev: {type: duckdb}}}\n"));
        var parse = await session.RunAsync("parse");
        Assert.Equal(1, parse.Exit);
        Assert.Contains("There is no profile 'shop'.", parse.Error, StringComparison.Ordinal);
        Assert.Contains("did you mean 'shops'?", parse.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mistyped_operation_is_told_the_nearest_macro()
    {
        using var session = Project(Good, ("macros/tidy.sql", "{% macro tidy_up() %}{% endmacro %}"));
        var run = await session.RunAsync("run-operation", "tidy_upp");
        Assert.Contains("did you mean 'tidy_up'?", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stored_failures_are_named_by_their_table()
    {
        using var session = Project(
            Good,
            (
                "models/s.yml",
                "models: [{name: good, columns: [{name: id, tests: [{accepted_values: {values: [2], config: {severity: warn, store_failures: true}}}]}]}]\n"
            )
        );
        var build = await session.RunAsync("build");
        Assert.Equal(0, build.Exit);
        var hint = build.Error.Split('\n').Single(line => line.Contains("look at them", StringComparison.Ordinal));
        var query = hint[hint.IndexOf("select", StringComparison.Ordinal)..].Trim();
        var rows = await session.RunAsync("show", "--inline", query, "--output", "csv");
        Assert.Equal((0, 2), (rows.Exit, rows.Out.Trim().Split('\n').Length));
    }

    [Fact]
    public async Task Materializations_of_the_project_are_among_the_accepted_ones()
    {
        using var session = Project(
            ("models/good.sql", "{{ config(materialized='tabel') }}select 1 as id"),
            (
                "macros/own.sql",
                "{% materialization ledger, default %}{{ return({'relations': []}) }}{% endmaterialization %}"
            )
        );
        var parse = await session.RunAsync("parse");
        Assert.Contains("HW2109", parse.Error, StringComparison.Ordinal);
        Assert.Contains("ledger", parse.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ages_are_said_in_days_and_hours()
    {
        using var session = Project(
            (
                "models/s.yml",
                """
                sources:
                  - name: crm
                    schema: main
                    loaded_at_field: loaded
                    freshness: {warn_after: {count: 1, period: day}}
                    tables: [{name: people}]
                """
            ),
            (
                "macros/make.sql",
                "{% macro make() %}{% do run_query(\"create table main.people as select timestamp '2019-01-01' as loaded\") %}{% endmacro %}"
            )
        );
        Assert.Equal(0, (await session.RunAsync("run-operation", "make")).Exit);
        Assert.Matches("[0-9]{4} days [0-9]+ h", (await session.RunAsync("source", "freshness")).Out);
    }
}

namespace Headwater.Modeling.Tests.Keeping;

public sealed class ModelEditTests
{
    private const string Model = "models/totals_v1.sql";
    private const string Before = "select sum(amount) as total from {{ ref('orders') }}";

    private static TestProject Create()
    {
        var project = RichProject.Create().Write(Model, Before);
        Assert.False(KeptLoad.Of(project).WasKept);
        return project;
    }

    private static string Text(KeptLoad load) =>
        Assert.IsType<Graph.ModelNode>(load.Manifest.FindRef("totals", version: "1")).RawSql;

    [Theory]
    [InlineData("select sum(amount) + 1 as total from {{ ref('orders') }}")]
    [InlineData("-- {{ cents('x') }}\n{% set a = 1 %}select {{ a }} as total from {{ ref('orders') }}")]
    [InlineData("{{ config(access='protected') if false }}select 1 from {{ ref('orders') }}")]
    public async Task An_edit_that_changes_the_text_alone_is_read_without_a_parse(string text)
    {
        await using var project = Create();
        project.Write(Model, text);
        for (var run = 0; run < 2; run++)
        {
            var load = KeptLoad.Of(project);
            Assert.True(load.WasKept);
            Assert.Equal(text, Text(load));
        }

        project.Write(Model, Before);
        Assert.Equal(Before, Text(KeptLoad.Of(project)));
    }

    [Theory]
    [InlineData("select sum(amount) as total from {{ ref('stg_orders') }}")]
    [InlineData("select sum(amount) as total from {{ ref('orders') }} union all select 1 from {{ ref('orders') }}")]
    [InlineData("{{ config(tags='late') }}select sum(amount) as total from {{ ref('orders') }}")]
    [InlineData("{{ config(enabled=false) }}select sum(amount) as total from {{ ref('orders') }}")]
    [InlineData("{% do exceptions.warn('careful') %}select 1 as total from {{ ref('orders') }}")]
    [InlineData("{{ log('heard') }}select 1 as total from {{ ref('orders') }}")]
    [InlineData("{{ nobody() }}select 1 as total from {{ ref('orders') }}")]
    [InlineData("{{ model.name }}select 1 as total from {{ ref('orders') }}")]
    [InlineData("{{ run_started_at }}select 1 as total from {{ ref('orders') }}")]
    [InlineData("{% if %}select 1 as total from {{ ref('orders') }}")]
    public async Task An_edit_that_changes_more_or_says_something_is_parsed(string text)
    {
        await using var project = Create();
        project.Write(Model, text);
        Assert.False(KeptLoad.Of(project).WasKept);
    }

    [Fact]
    public async Task What_a_template_logs_in_an_edit_is_heard_once()
    {
        await using var project = Create();
        project.Write(Model, "{{ log('heard') }}select 1 as total from {{ ref('orders') }}");
        var lines = new List<string>();
        KeptLoad.Of(project, given: options => options with { Log = (_, text) => lines.Add(text) });
        Assert.Equal(["heard"], lines);
    }

    [Fact]
    public async Task A_variable_of_the_environment_that_an_edit_asks_for_counts_from_then_on()
    {
        await using var project = Create();
        project.Write(
            Model,
            "{% if env_var('LATE', '') %}{{ config(tags='late') }}{% endif %}select 1 from {{ ref('orders') }}"
        );
        Assert.True(With("").WasKept);
        Assert.True(With("").WasKept);
        Assert.False(With("yes").WasKept);

        KeptLoad With(string late) =>
            KeptLoad.Of(project, given: options => options with { Environment = name => name == "LATE" ? late : null });
    }

    [Fact]
    public async Task Edits_beside_other_changes_are_parsed()
    {
        await using var project = Create();
        project.Write(Model, Before + " -- edited").Write("macros/cents.sql", "{% macro cents(c) %}2{% endmacro %}");
        var load = KeptLoad.Of(project);
        Assert.False(load.WasKept);
        Assert.EndsWith("-- edited", Text(load), StringComparison.Ordinal);
    }
}

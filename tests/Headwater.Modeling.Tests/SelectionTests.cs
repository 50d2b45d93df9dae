using Headwater.Kernel.Diagnostics;

namespace Headwater.Modeling.Tests;

public sealed class SelectionTests
{
    private static TestProject Project() =>
        new(
            ("seeds/raw.csv", "id\n1\n"),
            ("models/staging/stg_a.sql", "{{ config(tags=['nightly']) }}select * from {{ ref('raw') }}"),
            ("models/staging/stg_b.sql", "select * from {{ source('crm', 'people') }}"),
            (
                "models/marts/mid.sql",
                "{{ config(tags=['nightly', 'hot']) }}select * from {{ ref('stg_a') }} join {{ ref('stg_b') }} using (id)"
            ),
            (
                "models/marts/top.sql",
                "{{ config(materialized='table', meta={'owner': 'ann'}) }}select * from {{ ref('mid') }}"
            ),
            (
                "models/s.yml",
                """
                sources: [{name: crm, tables: [{name: people}, {name: deals}]}]
                models:
                  - name: top
                    columns: [{name: id, tests: [unique]}]
                """
            ),
            ("tests/check_mid.sql", "select * from {{ ref('mid') }} where id < 0")
        );

    [Theory]
    [InlineData("top", "top unique_top_id")]
    [InlineData("+mid", "raw people stg_a stg_b mid check_mid")]
    [InlineData("1+mid", "stg_a stg_b mid check_mid")]
    [InlineData("stg_b+", "stg_b mid check_mid top unique_top_id")]
    [InlineData("stg_b+1", "stg_b mid check_mid")]
    [InlineData("1+mid+1", "stg_a stg_b mid check_mid top unique_top_id")]
    [InlineData("@stg_b", "raw people stg_a stg_b mid check_mid top unique_top_id")]
    [InlineData("tag:nightly", "stg_a mid check_mid")]
    [InlineData("tag:nightly,tag:hot", "mid check_mid")]
    [InlineData("tag:hot stg_b", "stg_b mid check_mid")]
    [InlineData("path:models/staging", "stg_a stg_b")]
    [InlineData("models/marts", "mid check_mid top unique_top_id")]
    [InlineData("models/staging/stg_a.sql", "stg_a")]
    [InlineData("staging", "stg_a stg_b")]
    [InlineData("shop.staging.stg_a", "stg_a")]
    [InlineData("staging.*", "stg_a stg_b")]
    [InlineData("stg_?", "stg_a stg_b")]
    [InlineData("source:crm", "deals people")]
    [InlineData("source:crm.people+", "people stg_b mid check_mid top unique_top_id")]
    [InlineData("config.materialized:table", "top unique_top_id")]
    [InlineData("config.meta.owner:ann", "top unique_top_id")]
    [InlineData("resource_type:seed", "raw")]
    [InlineData("resource_type:test", "check_mid unique_top_id")]
    [InlineData("test_type:singular", "check_mid")]
    [InlineData("test_name:unique", "unique_top_id")]
    [InlineData("package:shop,resource_type:model", "stg_a stg_b mid top check_mid unique_top_id")]
    [InlineData("file:mid.sql", "mid check_mid")]
    [InlineData("nothing_like_it", "")]
    public async Task Selections_mean_what_they_mean_in_dbt(string select, string expected)
    {
        await using var project = Project();
        var selected = ModelBuilder.Select(project.LoadClean(), [select], []).Select(node => node.Name);
        Assert.Equal(
            expected.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal),
            selected.Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task Exclusions_take_away()
    {
        await using var project = Project();
        var selected = ModelBuilder.Select(project.LoadClean(), ["+top"], ["stg_a", "resource_type:source"]);
        Assert.Equal(["raw", "stg_b", "mid", "check_mid", "top", "unique_top_id"], selected.Select(node => node.Name));
    }

    [Theory]
    [InlineData("tagg:nightly", "did you mean 'tag'?")]
    [InlineData("@a+", "HW2117")]
    [InlineData("+", "HW2117")]
    public async Task What_is_no_selection_is_refused(string select, string part)
    {
        await using var project = Project();
        var manifest = project.LoadClean();
        var failure = Assert.Throws<DiagnosticException>(() => ModelBuilder.Select(manifest, [select], []));
        Assert.Contains(part, failure.Message, StringComparison.Ordinal);
    }
}

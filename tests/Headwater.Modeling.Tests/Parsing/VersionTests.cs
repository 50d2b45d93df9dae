using Headwater.Modeling.Graph;

namespace Headwater.Modeling.Tests.Parsing;

public sealed class VersionTests
{
    private static TestProject Project(params (string Path, string Text)[] files) =>
        new([
            (
                "models/people.yml",
                """
                models:
                  - name: people
                    latest_version: 1
                    description: Everybody
                    columns:
                      - name: id
                        data_tests: [unique]
                      - name: nickname
                        data_tests: [not_null]
                    versions:
                      - v: 1
                        defined_in: people
                      - v: 2
                        description: Everybody, without nicknames
                        config: {materialized: table}
                        columns:
                          - include: all
                            exclude: [nickname]
                          - name: city
                """
            ),
            ("models/people.sql", "select 1 as id, 'a' as nickname"),
            ("models/people_v2.sql", "select 1 as id, 'x' as city"),
            .. files,
        ]);

    [Fact]
    public async Task Each_version_is_a_model_with_its_own_table_and_columns()
    {
        await using var project = Project();
        var manifest = project.LoadClean();
        Assert.Equal(
            [
                "model.shop.people.v1 analytics.people_v1 id,nickname view",
                "model.shop.people.v2 analytics.people_v2 id,city table",
            ],
            manifest.Models.Select(model =>
                $"{model.UniqueId} {model.Relation} {string.Join(',', model.Columns.Select(column => column.Name))} {model.Config.Materialized}"
            )
        );
        var second = (ModelNode)manifest.Nodes["model.shop.people.v2"];
        Assert.Equal("Everybody, without nicknames", second.Description);
        Assert.Equal(["shop", "people", "v2"], second.Fqn);
        Assert.False(second.Version!.IsLatest);
    }

    [Fact]
    public async Task A_test_runs_on_each_version_that_has_its_column()
    {
        await using var project = Project();
        Assert.Equal(
            ["not_null_people_v1_nickname", "unique_people_v1_id", "unique_people_v2_id"],
            project.LoadClean().Tests.Select(test => test.Name)
        );
    }

    [Fact]
    public async Task A_ref_means_the_latest_version_unless_it_names_one()
    {
        await using var project = Project(
            ("models/a.sql", "select * from {{ ref('people') }}"),
            ("models/b.sql", "select * from {{ ref('people', v=2) }}"),
            ("models/c.sql", "select * from {{ ref('shop', 'people', version='2') }}")
        );
        var manifest = project.LoadClean();
        Assert.Equal(["model.shop.people.v1"], manifest.FindRef("a")!.DependsOn);
        Assert.Equal(["model.shop.people.v2"], manifest.FindRef("b")!.DependsOn);
        Assert.Equal(["model.shop.people.v2"], manifest.FindRef("c")!.DependsOn);
        Assert.Equal("select * from \"memory\".\"analytics\".\"people_v1\"", await project.CompileAsync("a"));
        Assert.Equal("select * from \"memory\".\"analytics\".\"people_v2\"", await project.CompileAsync("b"));
    }

    [Fact]
    public async Task A_version_that_is_not_there_is_said()
    {
        await using var project = Project(("models/a.sql", "select * from {{ ref('people', v=3) }}"));
        var problem = Assert.Single(project.Load().Diagnostics);
        Assert.Equal("HW2101", problem.Code);
        Assert.Contains("version 3", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_latest_version_is_the_highest_number_where_nothing_says_another()
    {
        await using var project = new TestProject(
            ("models/m.yml", "models:\n  - name: m\n    versions: [{v: 9}, {v: 10}]\n"),
            ("models/m_v9.sql", "select 9 as n"),
            ("models/m_v10.sql", "select 10 as n"),
            ("models/a.sql", "select * from {{ ref('m') }}")
        );
        Assert.Equal(["model.shop.m.v10"], project.LoadClean().FindRef("a")!.DependsOn);
    }
}

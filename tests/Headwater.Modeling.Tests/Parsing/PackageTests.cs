namespace Headwater.Modeling.Tests.Parsing;

public sealed class PackageTests
{
    [Theory]
    [InlineData("package: dbt-labs/tools_kit", "tools_kit")]
    [InlineData("git: https://example.com/someone/tools-kit.git", "tools_kit")]
    [InlineData("git: git@example.com:someone/dbt-tools-kit.git", "tools_kit")]
    [InlineData("private: someone/dbt_tools_kit", "tools_kit")]
    [InlineData("{tarball: https://example.com/t.tar.gz, name: tools_kit}", "tools_kit")]
    public async Task An_installed_package_is_found_however_it_is_named(string entry, string folder)
    {
        await using var project = new TestProject(
            ("packages.yml", $"packages:\n  - {entry}\n"),
            ($"dbt_packages/{folder}/dbt_project.yml", "name: tools_kit\n"),
            ($"dbt_packages/{folder}/macros/m.sql", "{% macro answer() %}42{% endmacro %}"),
            ("models/a.sql", "select {{ tools_kit.answer() }} as x")
        );
        Assert.Equal("select 42 as x", await project.CompileAsync("a"));
    }

    [Fact]
    public async Task Packages_may_be_installed_elsewhere()
    {
        await using var project = new TestProject(
            ("dbt_project.yml", "name: shop\nprofile: shop\npackages-install-path: vendor/dbt\n"),
            ("packages.yml", "packages:\n  - package: someone/kit\n"),
            ("vendor/dbt/kit/dbt_project.yml", "name: kit\n"),
            ("vendor/dbt/kit/macros/m.sql", "{% macro answer() %}42{% endmacro %}"),
            ("models/a.sql", "select {{ kit.answer() }} as x")
        );
        Assert.Equal("select 42 as x", await project.CompileAsync("a"));
    }

    [Fact]
    public async Task Packages_and_folders_may_be_named_by_templates()
    {
        await using var project = new TestProject(
            (
                "dbt_project.yml",
                """
                name: shop
                profile: shop
                model-paths: ["{{ env_var('FOLDER', 'models') }}"]
                packages-install-path: "{{ var('vendor') }}"
                """
            ),
            ("packages.yml", "packages:\n  - package: \"{{ env_var('DBT_ENV_SECRET_OWNER') }}/kit\"\n"),
            ("vendor/kit/dbt_project.yml", "name: kit\n"),
            ("vendor/kit/macros/m.sql", "{% macro answer() %}42{% endmacro %}"),
            ("tables/a.sql", "select {{ kit.answer() }} as x")
        );
        project.Options = project.Options with
        {
            Environment = name =>
                name == "FOLDER" ? "tables"
                : name == "DBT_ENV_SECRET_OWNER" ? "someone"
                : null,
            Variables = new Dictionary<string, object?>(StringComparer.Ordinal) { ["vendor"] = "vendor" },
        };
        Assert.Equal("select 42 as x", await project.CompileAsync("a"));
    }

    [Fact]
    public async Task A_secret_names_no_folder()
    {
        await using var project = new TestProject(
            (
                "dbt_project.yml",
                "name: shop\nprofile: shop\nmodel-paths: [\"{{ env_var('DBT_ENV_SECRET_FOLDER') }}\"]\n"
            )
        );
        project.Options = project.Options with { Environment = _ => "tables" };
        var problem = Assert.Single(project.Load().Diagnostics);
        Assert.Equal("dbt_project.yml", problem.Location!.File);
        Assert.Contains("DBT_ENV_SECRET_FOLDER", problem.Message, StringComparison.Ordinal);
    }

    private static TestProject TwoPackages(params (string Path, string Text)[] files) =>
        new([
            ("packages.yml", "packages:\n  - package: someone/left\n  - package: someone/right\n"),
            ("dbt_packages/left/dbt_project.yml", "name: left\nmodels: {+schema: left}\n"),
            ("dbt_packages/left/models/orders.sql", "select 'left' as who"),
            ("dbt_packages/left/models/left_reader.sql", "select * from {{ ref('orders') }}"),
            ("dbt_packages/right/dbt_project.yml", "name: right\nmodels: {+schema: right}\n"),
            ("dbt_packages/right/models/orders.sql", "select 'right' as who"),
            .. files,
        ]);

    [Fact]
    public async Task Packages_may_have_models_of_one_name_and_a_ref_means_its_own()
    {
        await using var project = TwoPackages(
            ("models/orders.sql", "select 'shop' as who"),
            ("models/reader.sql", "select * from {{ ref('orders') }}"),
            ("models/right_reader.sql", "select * from {{ ref('right', 'orders') }}")
        );
        Assert.True((await project.BuildAsync()).Succeeded);
        Assert.Equal("shop", await project.RowsAsync("select who from analytics.reader"));
        Assert.Equal("right", await project.RowsAsync("select who from analytics.right_reader"));
        Assert.Equal("left", await project.RowsAsync("select who from analytics_left.left_reader"));
    }

    [Fact]
    public async Task A_package_without_the_model_means_the_projects()
    {
        await using var project = TwoPackages(
            ("models/totals.sql", "select 'shop' as who"),
            ("dbt_packages/left/models/totals.sql", "select 'left' as who"),
            ("dbt_packages/right/models/right_reader.sql", "select * from {{ ref('totals') }}")
        );
        Assert.True((await project.BuildAsync()).Succeeded);
        Assert.Equal("shop", await project.RowsAsync("select who from analytics_right.right_reader"));
    }

    [Fact]
    public async Task A_ref_that_could_mean_the_models_of_two_packages_is_refused()
    {
        await using var project = TwoPackages(("models/reader.sql", "select * from {{ ref('orders') }}"));
        var problem = Assert.Single(project.Load().Diagnostics);
        Assert.Equal("HW2156", problem.Code);
        Assert.Equal("models/reader.sql", problem.Location!.File);
        Assert.Contains("left, right", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_models_of_one_name_in_one_package_are_refused()
    {
        await using var project = new TestProject(
            ("models/a/x.sql", "select 1 as n"),
            ("models/b/x.sql", "select 2 as n")
        );
        Assert.Contains("HW2104", project.Load().Diagnostics.Codes(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Models_in_python_are_left_out_and_that_is_said()
    {
        await using var project = new TestProject(
            ("models/scored.py", "def model(dbt, session):\n    return dbt.ref('a')\n"),
            ("models/a.sql", "select 1 as x"),
            ("models/m.yml", "models: [{name: scored}, {name: a}]")
        );
        var (manifest, diagnostics) = project.Load();
        Assert.Equal("HW2158", diagnostics.Codes());
        Assert.Equal("models/scored.py", diagnostics[0].Location?.File);
        Assert.Single(manifest.Models);
    }

    [Fact]
    public async Task Properties_that_are_written_twice_are_refused_with_both_places()
    {
        await using var project = new TestProject(
            ("models/a.sql", "select 1 as x"),
            ("models/m.yml", "models: [{name: a}]"),
            ("models/n.yml", "models:\n  - name: a\n")
        );
        var (_, diagnostics) = project.Load();
        Assert.Equal("HW2159", diagnostics.Codes());
        Assert.Contains("models/m.yml", diagnostics[0].Message, StringComparison.Ordinal);
        Assert.Equal("models/n.yml", diagnostics[0].Location?.File);
    }

    [Theory]
    [InlineData("'>=1.3.0'", "")]
    [InlineData("['>=1.3.0', '<3.0.0']", "")]
    [InlineData("'>=1.3.0,<2.0.0'", "")]
    [InlineData("'what you like'", "")]
    [InlineData("'>=9.0.0'", "HW2164")]
    [InlineData("['>1.10.0', '<3']", "HW2164")]
    public async Task A_package_that_asks_for_another_dbt_is_named(string asked, string codes)
    {
        await using var project = new TestProject(
            ("dbt_project.yml", $"name: shop\nprofile: shop\nrequire-dbt-version: {asked}\n"),
            ("models/a.sql", "select 1 as x")
        );
        Assert.Equal(codes, project.Load().Diagnostics.Codes());
    }

    [Fact]
    public async Task A_macro_by_which_dbt_would_do_its_own_work_is_said_to_have_no_effect()
    {
        await using var project = new TestProject(
            (
                "macros/own.sql",
                """
                {% macro get_merge_sql(a, b) %}{% endmacro %}
                {% macro duckdb__create_table_as(a) %}{% endmacro %}
                {% macro snowflake__create_table_as(a) %}{% endmacro %}
                {% macro generate_alias_name(custom_alias_name, node) %}{{ node.name }}{% endmacro %}
                """
            ),
            ("models/a.sql", "select 1 as x")
        );
        var (_, diagnostics) = project.Load();
        Assert.Equal("HW2165 HW2165", diagnostics.Codes());
    }
}

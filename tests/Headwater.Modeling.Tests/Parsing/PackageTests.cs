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
}

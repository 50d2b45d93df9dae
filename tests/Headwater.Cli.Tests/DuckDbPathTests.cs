namespace Headwater.Cli.Tests;

/// <summary>A DuckDB target is the file that its profile names.</summary>
public sealed class DuckDbPathTests
{
    private static CommandLineSession Project(string path, string schema = "main")
    {
        var session = new CommandLineSession();
        session.Write("dbt_project.yml", "name: shop\nprofile: shop\n");
        session.Write(
            "profiles.yml",
            $"shop: {{target: dev, outputs: {{dev: {{type: duckdb, path: '{path}', schema: {schema}}}}}}}\n"
        );
        session.Write("seeds/raw.csv", "id\n1\n2\n");
        session.Write("models/s.yml", "sources: [{name: own, database: shop, schema: main, tables: [{name: raw}]}]\n");
        session.Write("models/orders.sql", "-- depends_on: {{ ref('raw') }}\nselect * from {{ source('own', 'raw') }}");
        return session;
    }

    [Fact]
    public async Task The_file_is_made_where_the_profile_says_and_its_name_is_the_databases()
    {
        using var session = Project("data/shop.duckdb");
        var build = await session.RunAsync("build");
        Assert.True(build.Exit == 0, build.Error);
        Assert.True(File.Exists(Path.Combine(session.Folder, "data", "shop.duckdb")));
        Assert.False(File.Exists(Path.Combine(session.Folder, ".headwater", "warehouse.duckdb")));
        var asked = await session.RunAsync("sql", "select count(*) as n from shop.main.orders", "--output", "csv");
        Assert.Equal("n\n2", asked.Out.Trim().ReplaceLineEndings("\n"));
        Assert.Equal(0, (await session.RunAsync("build")).Exit);
    }

    [Theory]
    [InlineData(":memory:", "main", "")]
    [InlineData("shop.duckdb", "shop", "HW1018")]
    public async Task Else_it_is_in_the_home_folder(string path, string schema, string code)
    {
        using var session = Project(path, schema);
        var seed = await session.RunAsync("seed");
        Assert.True(seed.Exit == 0, seed.Error);
        Assert.Contains(code, seed.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(session.Folder, ".headwater", "warehouse.duckdb")));
    }

    [Fact]
    public async Task A_database_in_the_cloud_is_refused()
    {
        using var session = Project("md:shop");
        var parse = await session.RunAsync("parse");
        Assert.Equal(1, parse.Exit);
        Assert.Contains("the path of a file, or :memory:", parse.Error, StringComparison.Ordinal);
    }
}

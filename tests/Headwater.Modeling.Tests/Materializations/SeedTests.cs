namespace Headwater.Modeling.Tests.Materializations;

public sealed class SeedTests
{
    [Theory]
    [ClassData(typeof(EveryEngine))]
    public async Task A_quoted_name_in_a_file_is_the_name_between_the_quotes(TestEngine engine)
    {
        await using var project = await TestProject.OnAsync(
            engine,
            ("seeds/mail.csv", "id,\"\"\"from\"\"\"\n1,Ada\n"),
            (
                "models/names.sql",
                "select '{{ adapter.get_columns_in_relation(ref('mail')) | map(attribute='name') | join(' ') }}' as x"
            )
        );
        await project.BuildAsync();
        Assert.Equal("Ada", await project.RowsAsync("select \"from\" from analytics.mail"));
        Assert.Equal("id from", await project.RowsAsync("select x from analytics.names"));
    }

    [Theory]
    [InlineData(TestEngine.DuckDb, "", "1:1", "no columns")]
    [InlineData(TestEngine.Postgres, "", "1:1", "no columns")]
    [InlineData(TestEngine.DuckDb, "a,b\n1,\"x\ny\"\n\n2\n", "5:1", "1 fields, the header has 2")]
    [InlineData(TestEngine.Postgres, "a,b\n1,\"x\ny\"\n\n2\n", "5:1", "1 fields, the header has 2")]
    [InlineData(TestEngine.DuckDb, "a,b\n1,x\n2,caf\u00e9\n", "3:1", "UTF-8")]
    [InlineData(TestEngine.Postgres, "a,b\n1,x\n2,caf\u00e9\n", "3:1", "UTF-8")]
    public async Task A_file_that_is_no_table_is_told_with_its_line(
        TestEngine engine,
        string content,
        string place,
        string words
    )
    {
        await using var project = await TestProject.OnAsync(engine, ("seeds/s.csv", ""));
        await File.WriteAllBytesAsync(
            Path.Combine(project.Root, "seeds", "s.csv"),
            System.Text.Encoding.Latin1.GetBytes(content),
            TestContext.Current.CancellationToken
        );
        var problem = (await project.BuildAsync()).Diagnostics.Single();
        Assert.Equal("HW2131", problem.Code);
        Assert.Equal($"seeds/s.csv:{place}", problem.Location!.ToString());
        Assert.Contains(words, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [ClassData(typeof(EveryEngine))]
    public async Task A_column_without_values_can_stand_with_numbers(TestEngine engine)
    {
        await using var project = await TestProject.OnAsync(
            engine,
            ("seeds/s.csv", "id,amount\n1,\n2,\n"),
            ("models/a.sql", "select sum(coalesce(amount, 0)) as total from {{ ref('s') }}")
        );
        var result = await project.BuildAsync();
        Assert.Equal("", string.Join('\n', result.Diagnostics));
        Assert.Equal("0", await project.RowsAsync("select total from analytics.a"));
    }

    [Fact]
    public async Task Whole_numbers_are_integers_on_PostgreSQL_where_they_fit()
    {
        await using var project = await TestProject.OnAsync(
            TestEngine.Postgres,
            ("seeds/s.csv", "small,large\n1,1\n-2,3000000000\n")
        );
        await project.BuildAsync();
        Assert.Equal(
            "integer|bigint",
            await project.RowsAsync("select pg_typeof(small)::text, pg_typeof(large)::text from analytics.s limit 1")
        );
    }

    [Theory]
    [ClassData(typeof(EveryEngine))]
    public async Task Comments_are_given_to_the_columns_that_are_there(TestEngine engine)
    {
        await using var project = await TestProject.OnAsync(
            engine,
            (
                "models/a.yml",
                """
                models:
                  - name: a
                    config: {persist_docs: {relation: true, columns: true}}
                    columns: [{name: X, description: There}, {name: y, description: Under another setting alone}]
                """
            ),
            ("models/a.sql", "select 1 as x")
        );
        var result = await project.BuildAsync();
        Assert.Equal("", string.Join('\n', result.Diagnostics));
    }
}

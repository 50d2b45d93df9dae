using System.Text;
using Headwater.Sql.Dialects;
using Headwater.Sql.Lineage;
using Headwater.Sql.Resolution;
using Headwater.Sql.Syntax;

namespace Headwater.Sql.Tests;

public sealed class HostileInputTests
{
    public static TheoryData<string, string, string, int> Deep() =>
        new()
        {
            { "SELECT ", "(", "1" + new string(')', 5000), 5000 },
            { "", "(", "SELECT 1" + new string(')', 5000), 5000 },
            { "SELECT ", "NOT ", "a", 5000 },
            { "SELECT ", "- ", "a", 5000 },
            { "SELECT ", "f(", "1" + new string(')', 5000), 5000 },
            { "SELECT ", "CASE WHEN a THEN ", "1", 5000 },
            { "SELECT ", "ARRAY[", "1" + new string(']', 5000), 5000 },
            { "SELECT ", "substring(", "a", 5000 },
            { "SELECT ", "a + ", "a", 100_000 },
            { "SELECT ", "a AND ", "a", 100_000 },
            { "SELECT a", "::int", "", 100_000 },
            { "SELECT a", "[1]", "", 100_000 },
            { "", "SELECT 1 UNION ALL ", "SELECT 1", 100_000 },
            { "SELECT * FROM a", " CROSS JOIN b", "", 100_000 },
            { "SELECT * FROM ", "(", "a" + new string(')', 5000), 5000 },
            { "SELECT * FROM ", "(SELECT * FROM ", "a" + new string(')', 5000), 5000 },
            { "", "WITH a AS (", "SELECT 1" + new string(')', 5000), 5000 },
        };

    [Theory]
    [MemberData(nameof(Deep))]
    public void Nesting_and_chains_have_limits(string start, string repeated, string end, int count)
    {
        var text = start + new StringBuilder().Insert(0, repeated, count) + end;

        Assert.Equal("HW2902", SqlParser.ParseQuery(text, PostgresDialect.Instance).Error?.Diagnostic.Code);
        Assert.NotNull(SqlParser.ParseQuery(text, DuckDbDialect.Instance).Error);
    }

    [Fact]
    public void What_the_limits_allow_can_be_compared_rendered_and_resolved()
    {
        var text = new StringBuilder("SELECT ").Insert(7, "a + ", 1_900).Append('a').Append(" FROM t").ToString();
        var query = SqlParser.ParseQuery(text, PostgresDialect.Instance).Required();

        Assert.Equal(query, SqlParser.ParseQuery(text, PostgresDialect.Instance).Required());
        Assert.Equal(text, SqlRenderer.Render(query, PostgresDialect.Instance));
        Assert.Single(ColumnLineage.Of(query, new NoSchemas(), PostgresDialect.Instance).Columns);
    }

    [Fact]
    public void Long_texts_are_refused_unread() =>
        Assert.Equal(
            "HW2903",
            SqlParser
                .ParseQuery("SELECT 1", PostgresDialect.Instance, SqlLimits.Default with { MaxLength = 7 })
                .Error?.Diagnostic.Code
        );

    [Fact]
    public void Wide_queries_are_read()
    {
        var text = "SELECT " + string.Join(", ", Enumerable.Range(0, 20_000).Select(number => $"c{number}"));

        Assert.NotNull(SqlParser.ParseQuery(text, PostgresDialect.Instance).Query);
    }

    [Fact]
    public void Wide_values_are_traced()
    {
        var names = string.Join(", ", Enumerable.Range(0, 20_000).Select(number => $"c{number}"));
        var query = SqlParser
            .ParseQuery(
                $"SELECT coalesce({names}) AS c, (SELECT count({names}) FROM s) AS d FROM t",
                PostgresDialect.Instance
            )
            .Required();
        var lineage = ColumnLineage.Of(query, new NoSchemas(), PostgresDialect.Instance);

        Assert.All(lineage.Columns, column => Assert.InRange(column.Sources.Inputs.Count, 20_000, 20_001));
    }

    [Fact]
    public void Pivots_in_pivots_have_limits()
    {
        var text = new StringBuilder("FROM ").Insert(5, "(PIVOT ", 5_000).Append('t').Insert(35_006, " ON a)", 5_000);

        Assert.Equal("HW2902", SqlParser.ParseQuery(text.ToString(), DuckDbDialect.Instance).Error?.Diagnostic.Code);
    }

    [Theory]
    [InlineData("SELECT U&'\\00'")]
    [InlineData("SELECT U&'\\zzzz'")]
    [InlineData("SELECT U&'a' UESCAPE 'bc'")]
    [InlineData("SELECT U&'a' UESCAPE")]
    public void Code_points_that_are_none_are_refused(string text) =>
        Assert.Equal("HW2900", SqlParser.ParseQuery(text, PostgresDialect.Instance).Error?.Diagnostic.Code);

    [Fact]
    public void Names_that_are_not_there_are_told_by_line_and_column()
    {
        const string text = "SELECT\n  a,\n    nowhere.b\nFROM t";
        var lineage = ColumnLineage.Of(
            SqlParser.ParseQuery(text, PostgresDialect.Instance).Required(),
            new NoSchemas(),
            PostgresDialect.Instance
        );

        Assert.Contains(
            lineage.Errors.Select(error => error.In(text)),
            problem => problem is { Code: "HW2914", Location: { Line: 3, Column: 5 } }
        );
    }

    // Every beginning of every case either is a query or has a mistake within the text: nothing else may happen.
    [Fact]
    public void Cut_off_queries_are_read_or_refused_in_place()
    {
        foreach (var path in Directory.EnumerateFiles(SqlCase.Folder, "*.case"))
        {
            foreach (var item in SqlCase.ReadAll(path))
            {
                for (var length = 0; length < item.Text.Length; length++)
                {
                    var parsed = SqlParser.ParseQuery(item.Text[..length], item.Dialect);
                    Assert.True(parsed.Query is null != parsed.Error is null);
                    Assert.InRange(parsed.Error?.Offset ?? 0, 0, length);
                }
            }
        }
    }

    [Fact]
    public void Calls_in_calls_cost_no_more_than_their_length()
    {
        var text = new StringBuilder("SELECT ")
            .Insert(7, "substring(", 80)
            .Append('a')
            .Insert(808, ", 1)", 80)
            .ToString();

        Assert.Equal(
            text,
            SqlRenderer.Render(
                SqlParser.ParseQuery(text, PostgresDialect.Instance).Required(),
                PostgresDialect.Instance
            )
        );
    }

    [Fact]
    public void Stars_that_double_are_stopped()
    {
        var text = new StringBuilder("WITH t0 AS (SELECT 1 AS a)");
        for (var number = 1; number < 60; number++)
        {
            text.Append($", t{number} AS (SELECT *, * FROM t{number - 1})");
        }

        Assert.Contains("HW2915", Codes(text.Append(" SELECT * FROM t59").ToString()));
    }

    [Fact]
    public void Recursion_within_recursion_is_stopped()
    {
        var text = "SELECT 1 AS a";
        for (var number = 0; number < 40; number++)
        {
            text =
                $"WITH RECURSIVE t{number} AS (SELECT 1 AS a UNION ALL SELECT a FROM ({text}) AS x, t{number}) SELECT 1 AS a FROM t{number}";
        }

        Assert.Contains("HW2915", Codes(text));
    }

    private static IEnumerable<string> Codes(string text) =>
        ColumnLineage
            .Of(
                SqlParser.ParseQuery(text, PostgresDialect.Instance).Required(),
                new NoSchemas(),
                PostgresDialect.Instance
            )
            .Errors.Select(error => error.Diagnostic.Code);

    private sealed class NoSchemas : ISchemaLookup
    {
        public RelationSchema? Find(QualifiedName name) => null;
    }
}

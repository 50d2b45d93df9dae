namespace Headwater.Sql.Tests;

/// <summary>Runs <c>Cases/parse_*.case</c>: a query and its rendered tree, or the mistake in it with line and column.</summary>
public sealed class ParsingCaseTests
{
    public static TheoryData<string, string> Cases() => SqlCase.Titles("parse_*.case");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Query_is_read_as_its_case_expects(string file, string title)
    {
        var item = SqlCase.Find(file, title);
        var parsed = SqlParser.ParseQuery(item.Text, item.Dialect);
        var actual = parsed.Error is { Diagnostic: var error }
            ? $"{error.Code} {error.Location!.Line}:{error.Location.Column} {error.Message}"
            : SqlRenderer.Render(parsed.Required(), item.Dialect);

        item.Check(file, actual);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Rendered_query_is_read_as_the_same_tree(string file, string title)
    {
        var item = SqlCase.Find(file, title);
        var parsed = SqlParser.ParseQuery(item.Text, item.Dialect);
        if (parsed.Query is not { } query)
        {
            Assert.NotNull(parsed.Error);
            return;
        }

        var text = SqlRenderer.Render(query, item.Dialect);
        var again = SqlParser.ParseQuery(text, item.Dialect).Required();

        Assert.Equal(query, again);
        Assert.Equal(query.GetHashCode(), again.GetHashCode());
        Assert.Equal(text, SqlRenderer.Render(again, item.Dialect));
    }

    [Fact]
    public void Every_case_has_a_title_of_its_own() =>
        Assert.Equal(Cases().Count, Cases().Select(row => row.Data).Distinct().Count());
}

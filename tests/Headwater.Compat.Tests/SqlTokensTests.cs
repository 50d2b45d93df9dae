using Headwater.Compat.Comparing;

namespace Headwater.Compat.Tests;

public sealed class SqlTokensTests
{
    [Theory]
    [InlineData("select a,b from t", "select  a ,\n b\tfrom t")]
    [InlineData("'it''s  here'", "'it''s  here'")]
    [InlineData("-- why\nselect 1", "-- why  \nselect 1")]
    [InlineData("/* a\n   b */ 1", "/* a b */ 1")]
    public void White_space_between_words_does_not_count(string left, string right) =>
        Assert.Null(SqlTokens.Difference(left, right));

    [Theory]
    [InlineData("select a", "select A")]
    [InlineData("select \"a\"", "select a")]
    [InlineData("select 1 -- one", "select 1")]
    [InlineData("select 'a'", "select 'b'")]
    [InlineData("select 1", "select 1, 2")]
    [InlineData("select 1, 2", "select 1")]
    public void Everything_else_counts(string left, string right) => Assert.NotNull(SqlTokens.Difference(left, right));

    [Theory]
    [InlineData("a.b>=1", "a . b > = 1")]
    [InlineData("'a -- b' c", "'a -- b'|c")]
    [InlineData("\"a\"\"b\" /* 'c' */", "\"a\"\"b\"|/* 'c' */")]
    public void Texts_names_and_comments_are_one_word(string sql, string words) =>
        Assert.Equal(words.Contains('|') ? words.Split('|') : words.Split(' '), SqlTokens.Of(sql));

    [Fact]
    public void A_difference_is_shown_with_what_stands_before_it()
    {
        var difference = SqlTokens.Difference("select a, b from t", "select a, c from t")!;
        Assert.Contains("select a , ▸ b from t", difference, StringComparison.Ordinal);
        Assert.Contains("select a , ▸ c from t", difference, StringComparison.Ordinal);
    }
}

using Headwater.Sql.Dialects;

namespace Headwater.Sql.Tests;

public sealed class SqlReferencesTests
{
    [Theory]
    [InlineData("select f(a) from s.t join u using (x)", "s.t u", "f")]
    [InlineData("with u as (select * from t) select * from u, v", "t v", "")]
    [InlineData("with t as (select * from t) select * from t", "t", "")]
    [InlineData("with recursive t as (select 1 union all select * from t) select * from t", "", "")]
    [InlineData("select (select max(a) from t), exists (select 1 from u where g(x) > 1)", "t u", "max g")]
    [InlineData("select * from f(1) as x, lateral (with y as (select 1) select * from y) z, y", "y", "f")]
    [InlineData("select sum(a) over (order by h(b)) from t order by k(1)", "t", "sum h k")]
    public void Relations_and_functions_are_found_and_ctes_left_out(string text, string relations, string functions)
    {
        var found = SqlReferences.Of(SqlParser.ParseQuery(text, PostgresDialect.Instance).Required());

        Assert.Equal(relations, string.Join(' ', found.Relations));
        Assert.Equal(functions, string.Join(' ', found.Functions));
    }
}

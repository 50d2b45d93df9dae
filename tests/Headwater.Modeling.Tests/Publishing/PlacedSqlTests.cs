using Headwater.Kernel.Names;
using Headwater.Modeling.Publishing;

namespace Headwater.Modeling.Tests.Publishing;

public sealed class PlacedSqlTests
{
    private static PlacedSql Placed(string sql)
    {
        var places = new RelationPlaces("db");
        places.Move(new RelationName("s", "orders"), "new");
        return PlacedSql.Of(sql, places, name => $"\"{name}\"");
    }

    [Theory]
    [InlineData("select * from s.orders", "select * from \"new\".orders")]
    [InlineData("select * from \"s\".\"orders\" as o", "select * from \"new\".\"orders\" as o")]
    [InlineData("select * from \"db\".\"s\".\"orders\"", "select * from \"db\".\"new\".\"orders\"")]
    [InlineData("select S . Orders . id from s.orders", "select \"new\" . Orders . id from \"new\".orders")]
    [InlineData("select 's.orders' as x, s.others.y", "select 's.orders' as x, s.others.y")]
    [InlineData(
        "select 'it''s s.orders', E'\\' s.orders' -- s.orders\n",
        "select 'it''s s.orders', E'\\' s.orders' -- s.orders\n"
    )]
    [InlineData(
        "/* s.orders /* s.orders */ */ $$ s.orders $$ $a$ s.orders $a$",
        "/* s.orders /* s.orders */ */ $$ s.orders $$ $a$ s.orders $a$"
    )]
    [InlineData("select 1.5, x.s.orders, os.orders, s.orders_2", "select 1.5, x.s.orders, os.orders, s.orders_2")]
    [InlineData("select $1::s.orders, a.*, s.*", "select $1::\"new\".orders, a.*, s.*")]
    [InlineData("select \"unclosed", "select \"unclosed")]
    [InlineData("select s.", "select s.")]
    public void Names_of_moved_relations_get_the_schema_where_they_are(string sql, string expected) =>
        Assert.Equal(expected, Placed(sql).Text);

    [Fact]
    public void A_place_in_the_written_text_leads_back_to_the_given_one()
    {
        const string Sql = "select id, nothing from s.orders join s.orders as o on wrong";
        var placed = Placed(Sql);
        foreach (var word in (string[])["nothing", "join", "wrong"])
        {
            Assert.Equal(
                Sql.IndexOf(word, StringComparison.Ordinal),
                placed.Original(placed.Text.IndexOf(word, StringComparison.Ordinal))
            );
        }
    }
}

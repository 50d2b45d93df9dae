using Headwater.Sql.Dialects;
using Headwater.Sql.Lineage;
using Headwater.Sql.Resolution;
using Headwater.Sql.Syntax;

namespace Headwater.Sql.Tests;

public sealed class LineageGraphTests
{
    private readonly LineageGraph _graph = new(new Orders(), PostgresDialect.Instance);

    [Fact]
    public void Origins_are_found_through_several_relations()
    {
        Add(
            "stg.orders",
            "select id as order_id, price * quantity as amount, customer from raw.orders where price > 0"
        );
        Add("marts.totals", "select customer, sum(amount) as total from stg.orders group by 1");
        var last = Add("marts.best", "select t.*, now() as at from \"marts\".\"totals\" t order by total limit 1");

        Assert.True(last.Complete);
        Assert.Equal(["raw.orders.price", "raw.orders.quantity"], Origins("marts.best", "total"));
        Assert.Equal(["raw.orders.customer"], Origins("marts.best", "customer"));
        Assert.Empty(Origins("marts.best", "at"));
        Assert.Empty(Origins("marts.best", "missing"));
    }

    [Fact]
    public void A_relation_may_be_made_from_itself()
    {
        var lineage = Add(
            "marts.log",
            "with old as (select * from marts.log) select id, price from raw.orders where id > (select max(id) from old) union all select * from old"
        );

        Assert.True(lineage.Complete);
        Assert.Equal(["id", "price"], lineage.Columns.Select(column => column.Name));
        Assert.Equal(["raw.orders.price"], Origins("marts.log", "price"));
    }

    [Fact]
    public void What_cannot_be_bound_leaves_the_relations_behind_it_readable()
    {
        Assert.False(Add("stg.orders", "select id, wrong from raw.orders").Complete);
        Assert.True(Add("marts.ids", "select id from stg.orders").Complete);
        Assert.Equal(["raw.orders.id"], Origins("marts.ids", "id"));
    }

    [Fact]
    public void Unknown_columns_are_found_where_they_are_named()
    {
        Assert.True(Add("stg.events", "select * from raw.events").HasUnknownColumns);
        Assert.True(Add("marts.kinds", "select kind from stg.events").Complete);
    }

    private ColumnLineage Add(string relation, string query) =>
        _graph.Add(Name(relation), SqlParser.ParseQuery(query, PostgresDialect.Instance).Required());

    private IEnumerable<string> Origins(string relation, string column) =>
        _graph.Origins(Name(relation), column).Select(source => source.ToString()).Order(StringComparer.Ordinal);

    private static QualifiedName Name(string text) =>
        new([.. text.Split('.').Select(part => new Identifier(part, false))]);

    private sealed class Orders : ISchemaLookup
    {
        public RelationSchema? Find(QualifiedName name) =>
            name.ToString() switch
            {
                "raw.orders" => new RelationSchema("raw.orders", ["id", "customer", "price", "quantity"]),
                "raw.events" => new RelationSchema("raw.events", null),
                _ => null,
            };
    }
}

using Headwater.Kernel.Names;
using Headwater.Sql.Lineage;

namespace Headwater.Sql.Tests;

public sealed class LineageMapTests
{
    // raw.orders(price, status) → stg.orders(amount, state) → marts.totals(total, label), and marts.log made of itself.
    private readonly LineageMap _map = new([
        Relation(
            "stg.orders",
            ("amount", [("raw.orders.price", InputKind.Transformed), ("raw.orders.status", InputKind.Condition)]),
            ("state", [("raw.orders.status", InputKind.Copied)])
        ),
        Relation(
            "marts.totals",
            ("total", [("stg.orders.amount", InputKind.Aggregated), ("stg.orders.state", InputKind.Condition)]),
            ("label", [("stg.orders.state", InputKind.Copied)]),
            ("one", [])
        ),
        Relation(
            "marts.log",
            ("state", [("marts.log.state", InputKind.Copied), ("stg.orders.state", InputKind.Copied)])
        ),
    ]);

    [Fact]
    public void Upstream_leads_through_all_relations_to_those_that_no_query_makes() =>
        Assert.Equal(
            [
                "1 stg.orders.amount aggregated",
                "1 stg.orders.state condition",
                "2 raw.orders.price aggregated",
                "2 raw.orders.status condition",
            ],
            Texts(_map.Upstream(Column("marts.totals.total")))
        );

    [Fact]
    public void Downstream_leads_to_those_that_none_reads() =>
        Assert.Equal(
            [
                "1 stg.orders.amount condition",
                "1 stg.orders.state copied",
                "2 marts.log.state copied",
                "2 marts.totals.label copied",
                "2 marts.totals.total condition",
            ],
            Texts(_map.Downstream(Column("raw.orders.status")))
        );

    [Fact]
    public void A_way_leads_unnamed_through_what_is_not_shown()
    {
        var way = _map.Upstream(Column("marts.totals.total"), relation => relation.Schema != "stg");

        Assert.Equal(["1 raw.orders.price aggregated", "1 raw.orders.status condition"], Texts(way));
        Assert.True(way.HasHidden);
        Assert.False(_map.Upstream(Column("marts.totals.total")).HasHidden);
        Assert.Empty(_map.Downstream(Column("stg.orders.amount"), relation => relation.Schema == "raw").Steps);
    }

    [Fact]
    public void A_relation_made_of_itself_ends() =>
        Assert.Equal(
            ["1 stg.orders.state copied", "2 raw.orders.status copied"],
            Texts(_map.Upstream(Column("marts.log.state")))
        );

    [Fact]
    public void Names_are_found_whatever_their_case()
    {
        Assert.NotEmpty(_map.Upstream(Column("MARTS.Totals.TOTAL")).Steps);
        Assert.Empty(_map.Upstream(Column("marts.totals.one")).Steps);
        Assert.Empty(_map.Upstream(Column("marts.totals.missing")).Steps);
    }

    [Fact]
    public void What_is_written_is_read_again()
    {
        var lineage = new RelationLineage(
            new RelationName("marts", "a \"b\""),
            "model.shop.a",
            [new LineageColumn("é", [new LineageInput(Column("raw.t.c"), InputKind.Condition)], Complete: false)],
            [Column("raw.t.d")],
            ["Something is not known."]
        );
        var read = LineageJson.Read(LineageJson.Text(lineage));

        Assert.Equal(LineageJson.Text(lineage), LineageJson.Text(read));
        Assert.Equal("é", read.Columns.Single().Name);
        Assert.False(read.Columns.Single().Complete);
        Assert.Equal(Column("raw.t.d"), read.FiltersOn.Single());
    }

    private static IEnumerable<string> Texts(LineageWay way) =>
        way.Steps.Select(step => $"{step.Steps} {step.Column} {LineageJson.Word(step.Kind)}");

    private static RelationLineage Relation(
        string name,
        params (string Name, (string Column, InputKind Kind)[] Inputs)[] columns
    ) =>
        new(
            Column(name + ".x").Relation,
            "model.shop." + name,
            [
                .. columns.Select(column => new LineageColumn(
                    column.Name,
                    [.. column.Inputs.Select(input => new LineageInput(Column(input.Column), input.Kind))],
                    Complete: true
                )),
            ],
            [],
            []
        );

    private static ColumnName Column(string text) =>
        text.Split('.') is [var schema, var relation, var column]
            ? new ColumnName(new RelationName(schema, relation), column)
            : throw new ArgumentException(text, nameof(text));
}

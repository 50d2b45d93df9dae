using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Names;
using Headwater.Metrics.Conditions;
using Headwater.Metrics.Explaining;
using Headwater.Metrics.Planning;
using Headwater.Metrics.Planning.Expressions;
using Headwater.Metrics.Planning.Filters;
using Headwater.Metrics.Planning.Nodes;
using Headwater.Metrics.Planning.Outputs;
using Headwater.Metrics.Semantics;
using Headwater.Metrics.Time;

namespace Headwater.Metrics.Tests;

public sealed class PlanNarratorTests
{
    private static readonly Measure Amount = new(
        "amount",
        Aggregation.Sum,
        "amount",
        "ordered_at",
        0,
        false,
        null,
        null,
        new SourceLocation("m.yml")
    );

    private static readonly ScanNode Orders = new(
        new RelationName("shop", "orders"),
        [
            new ScanColumn("c1", "amount"),
            new ScanColumn("c2", "ordered_at"),
            new ScanColumn("c3", "customer_id"),
            new ScanColumn("c4", "status"),
        ]
    );

    private static readonly ScanNode Customers = new(
        new RelationName("shop", "customers"),
        [new ScanColumn("c5", "customer_id"), new ScanColumn("c6", "region")]
    );

    private static readonly DimensionReference Status = new(["order"], "status", null);

    private static PlanExpression Column(string name) => new ColumnValue(name);

    private static AggregateNode ByMonth(PlanNode input) =>
        new(
            input,
            [new NamedExpression("k0", new PeriodStart(Column("c2"), Grain.Month))],
            [new MeasureAggregate("a1", Amount, "c1", [])]
        );

    private static QueryFilter Paid =>
        new(
            new BoundCondition(
                new Comparison(Status, ComparisonOperator.Equal, "paid"),
                new Dictionary<FilterOperand, PlanOperand>()
            )
        );

    public static TheoryData<string, string> Cases =>
        new()
        {
            { nameof(ScanNode), "Sums amount of orders, by month of ordered_at." },
            { nameof(FilterNode), "Sums amount of orders, where status is 'paid', by month of ordered_at." },
            {
                nameof(JoinNode),
                "Sums amount of orders, joined to customers by customer_id (each row has at most one, and stays without), by month of ordered_at."
            },
            { nameof(AggregateNode), "Takes each combination of status and customer_id of orders." },
            {
                nameof(CombineNode),
                "Sums amount of orders, by month of ordered_at.|Sums amount of orders, by month of ordered_at.|Puts step 1 and step 2 side by side for each month of ordered_at, keeping rows that only some of them have."
            },
            {
                nameof(ComputeNode),
                "Sums amount of orders, by month of ordered_at.|Computes revenue: the sum of amount, or 0 where there is none.|Computes share: [the sum of amount] / 2."
            },
            { nameof(ProjectNode), "Takes month of ordered_at of each row of orders." },
            { nameof(BoundsNode), "Takes the least and the greatest ordered_at and status of orders." },
            { nameof(ExtremeNode), "Finds the last ordered_at for each customer_id of orders." },
            {
                nameof(RowNumberNode),
                "Numbers the rows within each customer_id, the latest ordered_at first, of orders."
            },
            {
                nameof(PeriodOffsetNode),
                "Finds for each ordered_at the same place 2 fiscal_year earlier, by status of orders."
            },
            { nameof(RetailYearsNode), "Lays out the retail years from 1980 to 2059." },
            {
                nameof(SharedNode),
                "Sums amount of orders, by month of ordered_at.|Puts step 1 and step 1 side by side for each month of ordered_at, keeping rows that only some of them have."
            },
        };

    private static PlanNode Node(string kind) =>
        kind switch
        {
            nameof(ScanNode) => ByMonth(Orders),
            nameof(FilterNode) => ByMonth(new FilterNode(Orders, [Paid])),
            nameof(JoinNode) => ByMonth(
                new JoinNode(Orders, Customers, JoinKind.Left, [JoinCondition.Equal(Column("c3"), Column("c5"))])
            ),
            nameof(AggregateNode) => new AggregateNode(
                Orders,
                [new NamedExpression("k0", Column("c4")), new NamedExpression("k1", Column("c3"))],
                []
            ),
            nameof(CombineNode) => new CombineNode(
                [new CombineInput(ByMonth(Orders), ["a1"]), new CombineInput(ByMonth(Orders), ["a2"])],
                ["k0"]
            ),
            nameof(ComputeNode) => new ComputeNode(
                ByMonth(Orders),
                [new RenamedColumn("k0", "metric_time__month")],
                [
                    new MetricOutput("revenue", new AggregateOutput("a1", "0")),
                    new MetricOutput(
                        "share",
                        new DerivedOutput(
                            "revenue / 2",
                            new Dictionary<string, OutputExpression> { ["revenue"] = new AggregateOutput("a1", null) }
                        )
                    ),
                ]
            ),
            nameof(ProjectNode) => new ProjectNode(
                Orders,
                [new NamedExpression("k0", new PeriodStart(Column("c2"), Grain.Month))]
            ),
            nameof(BoundsNode) => new BoundsNode(
                Orders,
                [new RenamedColumn("c2", "ordered_at"), new RenamedColumn("c4", "status")]
            ),
            nameof(ExtremeNode) => new ExtremeNode(Orders, "x1", Column("c2"), true, [Column("c3")]),
            nameof(RowNumberNode) => new RowNumberNode(Orders, "r1", [Column("c3")], Column("c2"), []),
            nameof(PeriodOffsetNode) => new PeriodOffsetNode(
                Orders,
                "c2",
                "c4",
                Grain.Day,
                "fiscal_year",
                -2,
                "t1",
                "t2"
            ),
            nameof(RetailYearsNode) => new RetailYearsNode(null!, "y1", "y2"),
            nameof(SharedNode) => Twice(new SharedNode(ByMonth(Orders), "shared")),
            _ => throw new ArgumentException(kind, nameof(kind)),
        };

    private static CombineNode Twice(PlanNode node) =>
        new([new CombineInput(node, ["a1"]), new CombineInput(node, ["a1"])], ["k0"]);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_kind_of_node_is_told_in_words(string kind, string sentences) =>
        Assert.Equal(sentences, string.Join('|', PlanNarrator.Tell(new MetricPlan(Node(kind), [], null))));

    [Fact]
    public void No_kind_of_node_is_left_out()
    {
        var kinds = typeof(PlanNode)
            .Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(PlanNode)) && !type.IsAbstract)
            .Select(type => type.Name);
        Assert.Equal(
            kinds.Order(StringComparer.Ordinal),
            Cases.Select(item => item.Data.Item1).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Order_and_limit_are_told_last()
    {
        var plan = new MetricPlan(
            Node(nameof(ComputeNode)),
            [new Binding.SortKey(1, true), new Binding.SortKey(0, false)],
            10
        );
        Assert.Equal(
            "Orders by revenue from the greatest down, then metric_time__month, and keeps the first 10 rows.",
            PlanNarrator.Tell(plan)[^1]
        );
    }
}

namespace Headwater.Benchmarks.Metrics;

/// <summary>A question as a dashboard asks it, and the SQL that somebody who knows the tables would write for it under the same rule.</summary>
/// <param name="Request">The body of <c>POST /api/v1/query</c>.</param>
/// <param name="HasRollup">False where no smaller table can give the answer.</param>
internal sealed record DashboardQuery(string Name, string Request, string Sql, bool HasRollup = true);

/// <summary>The ten questions of a sales dashboard.</summary>
internal static class DashboardQueries
{
    private const string Rule = "t.region in ('North', 'East', 'Coast', 'Lakes')";
    private const string Permitted = "analytics.sales s join analytics.territories t using (territory_id)";

    public static IReadOnlyList<DashboardQuery> All { get; } =
    [
        new(
            "revenue by month",
            """{"metrics": ["revenue"], "group_by": ["metric_time__month"]}""",
            $"select date_trunc('month', sold_on) as month, sum(amount) from {Permitted} where {Rule} group by 1 order by 1"
        ),
        new(
            "revenue by region",
            """{"metrics": ["revenue"], "group_by": ["territory__region"]}""",
            $"select region, sum(amount) from {Permitted} where {Rule} group by 1 order by 1"
        ),
        new(
            "top 20 products",
            """{"metrics": ["revenue"], "group_by": ["product__title"], "order_by": ["-revenue"], "limit": 20}""",
            $"""
            select p.title, sum(amount) as revenue from {Permitted} join analytics.products p using (product_id)
            where {Rule} group by 1 order by 2 desc, 1 limit 20
            """
        ),
        new(
            "segment by month, filtered",
            """{"metrics": ["revenue"], "group_by": ["customer__segment", "metric_time__month"], "where": ["sale__channel = 'web'"]}""",
            $"""
            select c.segment, date_trunc('month', sold_on) as month, sum(amount) from {Permitted} join analytics.customers c using (customer_id)
            where {Rule} and channel = 'web' group by 1, 2 order by 1, 2
            """
        ),
        new(
            "buyers by month",
            """{"metrics": ["buyers"], "group_by": ["metric_time__month"]}""",
            $"select date_trunc('month', sold_on) as month, count(distinct customer_id) from {Permitted} where {Rule} group by 1 order by 1",
            HasRollup: false
        ),
        new(
            "year over year by month",
            """{"metrics": ["revenue", "revenue__previous_year"], "group_by": ["metric_time__month"]}""",
            $"""
            with months as (
                select date_trunc('month', sold_on) as month, sum(amount) as revenue from {Permitted} where {Rule} group by 1
            )
            select coalesce(m.month, l.month + interval 1 year) as month, m.revenue, l.revenue
            from months m full join months l on m.month = l.month + interval 1 year order by 1
            """
        ),
        new(
            "figures of 12 months",
            """{"metrics": ["revenue", "units", "sales", "average_sale"], "where": ["metric_time >= '2024-01-01' and metric_time < '2025-01-01'"]}""",
            $"""
            select sum(amount), sum(units), count(sale_id), sum(amount) / count(sale_id) from {Permitted}
            where {Rule} and sold_on >= date '2024-01-01' and sold_on < date '2025-01-01'
            """
        ),
        new(
            "therapeutic area by channel, filtered",
            """{"metrics": ["revenue"], "group_by": ["product__therapeutic_area", "sale__channel"], "where": ["metric_time >= '2023-01-01'"]}""",
            $"""
            select p.therapeutic_area, channel, sum(amount) from {Permitted} join analytics.products p using (product_id)
            where {Rule} and sold_on >= date '2023-01-01' group by 1, 2 order by 1, 2
            """
        ),
        new(
            "top 10 customers, filtered",
            """{"metrics": ["revenue"], "group_by": ["customer__name"], "where": ["customer__segment = 'hospital'", "metric_time >= '2024-01-01'"], "order_by": ["-revenue"], "limit": 10}""",
            $"""
            select c.name, sum(amount) as revenue from {Permitted} join analytics.customers c using (customer_id)
            where {Rule} and c.segment = 'hospital' and sold_on >= date '2024-01-01' group by 1 order by 2 desc, 1 limit 10
            """
        ),
        new(
            "daily, 90 days",
            """{"metrics": ["revenue"], "group_by": ["metric_time__day"], "where": ["metric_time >= '2024-10-01' and metric_time < '2024-12-30'"]}""",
            $"""
            select sold_on, sum(amount) from {Permitted}
            where {Rule} and sold_on >= date '2024-10-01' and sold_on < date '2024-12-30' group by 1 order by 1
            """
        ),
    ];
}

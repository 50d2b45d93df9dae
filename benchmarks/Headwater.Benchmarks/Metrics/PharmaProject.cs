using System.Globalization;

namespace Headwater.Benchmarks.Metrics;

/// <summary>The files of the project that builds the star.</summary>
internal static class PharmaProject
{
    private const string Properties = """
        models:
          - name: days
            time_spine: {standard_granularity_column: day}
            columns: [{name: day, granularity: day}]
          - name: sales
            columns:
              - name: customer_id
                data_tests: [not_null, {relationships: {arguments: {to: ref('customers'), field: customer_id}}}]
              - name: product_id
                data_tests: [not_null, {relationships: {arguments: {to: ref('products'), field: product_id}}}]
              - name: territory_id
                data_tests: [not_null, {relationships: {arguments: {to: ref('territories'), field: territory_id}}}]
          - {name: customers, columns: [{name: customer_id, data_tests: [unique, not_null]}]}
          - {name: products, columns: [{name: product_id, data_tests: [unique, not_null]}]}
          - {name: territories, columns: [{name: territory_id, data_tests: [unique, not_null]}]}
        semantic_models:
          - name: sales
            model: ref('sales')
            defaults: {agg_time_dimension: sold_on}
            entities:
              - {name: sale, type: primary, expr: sale_id}
              - {name: customer, type: foreign, expr: customer_id}
              - {name: product, type: foreign, expr: product_id}
              - {name: territory, type: foreign, expr: territory_id}
            dimensions:
              - {name: sold_on, type: time, type_params: {time_granularity: day}}
              - {name: channel, type: categorical}
            measures:
              - {name: revenue, agg: sum, expr: amount}
              - {name: units, agg: sum, expr: units}
              - {name: sale_count, agg: count, expr: sale_id}
              - {name: buyers, agg: count_distinct, expr: customer_id}
          - name: customers
            model: ref('customers')
            entities: [{name: customer, type: primary, expr: customer_id}]
            dimensions: [{name: segment, type: categorical}, {name: name, type: categorical}]
          - name: products
            model: ref('products')
            entities: [{name: product, type: primary, expr: product_id}]
            dimensions: [{name: title, type: categorical}, {name: therapeutic_area, type: categorical}]
          - name: territories
            model: ref('territories')
            entities: [{name: territory, type: primary, expr: territory_id}]
            dimensions: [{name: region, type: categorical}]
        metrics:
          - {name: revenue, type: simple, type_params: {measure: revenue}}
          - {name: units, type: simple, type_params: {measure: units}}
          - {name: sales, type: simple, type_params: {measure: sale_count}}
          - {name: buyers, type: simple, type_params: {measure: buyers}}
          - {name: average_sale, type: ratio, type_params: {numerator: revenue, denominator: sales}}
        rollups:
          - name: daily
            metrics: [revenue, units, sales]
            dimensions: [metric_time__day, territory__region]
          - name: monthly_products
            metrics: [revenue]
            dimensions: [metric_time__month, territory__region, product__title, product__therapeutic_area, sale__channel]
          - name: monthly_segments
            metrics: [revenue]
            dimensions: [metric_time__month, territory__region, customer__segment, sale__channel]
        """;

    private const string Access = """
        roles:
          - name: reader
            can: [view, explore]
            row_rules: [{dimension: territory__region, in: user.regions}]
        """;

    public static IEnumerable<(string Path, string Text)> Files(long sales)
    {
        yield return ("dbt_project.yml", "name: pharma\nmodels: {pharma: {+materialized: table}}\n");
        yield return ("models/pharma.yml", Properties);
        yield return ("access/roles.yml", Access);
        yield return (
            "models/days.sql",
            "select cast(i as date) as day from range(date '2019-01-01', date '2026-01-01', interval 1 day) t(i)"
        );
        yield return (
            "models/customers.sql",
            """
            select i::int as customer_id, 'Practice ' || i as name,
                ['hospital', 'clinic', 'pharmacy', 'practice'][1 + (hash(i) % 4)::int] as segment
            from range(500000) t(i)
            """
        );
        yield return (
            "models/products.sql",
            """
            select i::int as product_id, 'Product ' || i as title,
                ['oncology', 'cardiology', 'neurology', 'immunology', 'dermatology'][1 + (hash(i) % 5)::int] as therapeutic_area
            from range(2000) t(i)
            """
        );
        yield return (
            "models/territories.sql",
            """
            select i::int as territory_id,
                ['North', 'East', 'South', 'West', 'Coast', 'Lakes', 'Hills', 'Plains'][1 + i % 8] as region
            from range(200) t(i)
            """
        );
        yield return (
            "models/sales.sql",
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                select i as sale_id, (hash(i * 3) % 500000)::int as customer_id, (hash(i * 5) % 2000)::int as product_id,
                    (hash(i * 13) % 200)::int as territory_id, date '2020-01-01' + (i * 1827 // {sales})::int as sold_on,
                    ['visit', 'phone', 'web'][1 + (hash(i * 11) % 3)::int] as channel,
                    1 + (hash(i * 17) % 20)::int as units, ((hash(i * 7) % 100000) / 100.0)::decimal(18, 2) as amount
                from range({sales}) t(i)
                """
            )
        );
    }
}

namespace Headwater.Modeling.Tests.Artifacts;

/// <summary>A project that has something of every kind that artifacts know.</summary>
internal static class EveryKindProject
{
    public static IReadOnlyList<(string Path, string Text)> Files { get; } =
    [
        (
            "analyses/by_day.sql",
            """
            select ordered_at, sum(amount) from {{ ref('orders') }} group by 1
            """
        ),
        (
            "dbt_project.yml",
            """
            name: shop
            profile: shop
            on-run-start:
              - create schema if not exists analytics
              - create table if not exists analytics.raw_orders as select 1 as order_id, 20 as amount, date '2024-01-02' as ordered_at
            on-run-end: ["{{ log_end() }}"]
            vars: {first: 1}
            models:
              shop:
                +persist_docs: {relation: true, columns: true}
            """
        ),
        (
            "macros/cents.sql",
            """
            {% macro cents(column) %}{{ column }} * {{ hundred() }}{% endmacro %}
            {% macro hundred() %}100{% endmacro %}
            {% macro log_end() %}select 1{% endmacro %}
            {% test at_least_one(model, column_name) %}select count({{ column_name }}) as n from {{ model }} having count({{ column_name }}) = 0{% endtest %}
            """
        ),
        (
            "macros/macros.yml",
            """
            macros:
              - name: cents
                description: Money as cents
                arguments: [{name: column, type: string, description: The column}]
            """
        ),
        (
            "models/docs.md",
            """
            {% docs orders_text %}
            One row an order.
            {% enddocs %}
            """
        ),
        (
            "models/off.sql",
            """
            {{ config(enabled=false) }} select 1 as x
            """
        ),
        (
            "models/orders.sql",
            """
            {{ config(materialized='table', contract={'enforced': true}, post_hook=["select 1", {'sql': 'select 2', 'transaction': false}]) }}
            select cast(order_id as integer) as order_id, amount, ordered_at from {{ ref('stg_orders') }}
            """
        ),
        (
            "models/orders.yml",
            """
            models:
              - name: orders
                description: "{{ doc('orders_text') }}"
                config: {group: finance, access: public, meta: {owner: ann}}
                constraints: [{type: check, expression: order_id > 0, name: positive}]
                columns:
                  - name: order_id
                    description: The key
                    data_type: integer
                    constraints: [{type: not_null}, {type: primary_key}]
                    data_tests: [unique, {not_null: {config: {severity: warn, where: "order_id > 0"}}}]
                  - {name: amount, data_type: integer, tags: [money], meta: {unit: EUR}, quote: true}
                  - {name: ordered_at, data_type: date}
                data_tests:
                  - at_least_one: {arguments: {column_name: amount}}
              - name: totals
                latest_version: 2
                columns: [{name: total}]
                versions: [{v: 1}, {v: 2}]
            unit_tests:
              - name: cents_are_counted
                description: A hundred each
                model: stg_orders
                given:
                  - input: source('crm', 'raw_orders')
                    rows: [{order_id: 1, amount: 2, ordered_at: 2024-01-01}]
                expect:
                  rows: [{order_id: 1, cents: 200}]
                overrides: {vars: {first: 2}}
                config: {tags: [fast], meta: {a: 1}}
            groups:
              - {name: finance, owner: {name: Ann, email: ann@example.com}}
            exposures:
              - name: board
                label: The board
                type: dashboard
                maturity: high
                url: https://example.com/board
                description: What the board sees
                owner: {name: Bob, email: bob@example.com}
                depends_on: ["ref('orders')", "source('crm', 'raw_orders')", "metric('revenue')"]
                config: {tags: [board], meta: {a: 1}}
            semantic_models:
              - name: order_facts
                description: Orders
                model: ref('orders')
                defaults: {agg_time_dimension: ordered_at}
                entities: [{name: order_item, type: primary, expr: order_id}]
                dimensions:
                  - {name: ordered_at, type: time, type_params: {time_granularity: day}}
                  - {name: is_big, type: categorical, expr: amount > 10, label: Big}
                measures:
                  - {name: revenue_sum, agg: sum, expr: amount, description: Money}
                  - {name: order_count, agg: count, expr: 1}
                  - {name: p95, agg: percentile, expr: amount, agg_params: {percentile: 0.95}}
            metrics:
              - {name: revenue, label: Revenue, description: Money in, type: simple, type_params: {measure: revenue_sum}, config: {tags: [kpi], meta: {owner: ann}}}
              - name: orders_placed
                type: simple
                label: Orders
                type_params: {measure: {name: order_count, filter: "{{ Dimension('order_item__is_big') }}", fill_nulls_with: 0}}
                filter: ["{{ Dimension('order_item__is_big') }}", "1 = 1"]
              - name: average_order
                label: Average
                type: ratio
                type_params: {numerator: revenue, denominator: {name: orders_placed, alias: placed}}
              - name: doubled
                label: Doubled
                type: derived
                type_params: {expr: revenue * 2, metrics: [{name: revenue}]}
              - name: so_far
                label: So far
                type: cumulative
                type_params: {measure: revenue_sum, window: 7 days}
              - name: converted
                label: Converted
                type: conversion
                type_params: {conversion_type_params: {base_measure: order_count, conversion_measure: {name: revenue_sum}, entity: order_item, window: 7 days}}
            saved_queries:
              - name: weekly
                description: For Monday
                label: Weekly
                query_params: {metrics: [revenue], group_by: ["TimeDimension('metric_time', 'week')"], where: ["{{ Dimension('order_item__is_big') }}"], limit: 10}
                exports: [{name: weekly_table, config: {export_as: table, schema: out, alias: weekly}}]
                config: {tags: [monday], cache: {enabled: true}}
            """
        ),
        (
            "models/sources.yml",
            """
            sources:
              - name: crm
                description: The CRM
                schema: analytics
                loader: by hand
                freshness: {warn_after: {count: 12, period: hour}}
                loaded_at_field: ordered_at
                tables:
                  - name: raw_orders
                    description: As they come
                    columns: [{name: order_id, data_tests: [not_null]}]
                  - {name: unused, config: {enabled: false}}
            """
        ),
        (
            "models/staging/stg_orders.sql",
            """
            {{ config(materialized='view', tags='nightly', pre_hook='select 1') }}
            select order_id, amount, ordered_at, {{ cents('amount') }} as cents from {{ source('crm', 'raw_orders') }}
            """
        ),
        (
            "models/steps.sql",
            """
            {{ config(materialized='incremental', unique_key='order_id') }}
            select order_id from {{ ref('orders') }}
            """
        ),
        (
            "models/totals_v1.sql",
            """
            select sum(amount) as total from {{ ref('orders') }}
            """
        ),
        (
            "models/totals_v2.sql",
            """
            select sum(amount) as total, 1 as one from {{ ref('orders') }}
            """
        ),
        (
            "seeds/countries.csv",
            """
            code,name
            de,Germany
            fr,France
            """
        ),
        (
            "seeds/seeds.yml",
            """
            seeds:
              - name: countries
                description: Countries of the customers
                config: {column_types: {code: varchar}, delimiter: ","}
            """
        ),
        (
            "selectors.yml",
            """
            selectors:
              - name: nightly
                description: At night
                default: false
                definition:
                  union:
                    - {method: tag, value: nightly, children: true}
                    - exclude: [orders]
            """
        ),
        (
            "snapshots/orders_history.yml",
            """
            snapshots:
              - name: orders_history
                description: What orders were
                relation: ref('orders')
                config: {strategy: check, unique_key: order_id, check_cols: [amount], schema: history}
            """
        ),
        (
            "tests/none_negative.sql",
            """
            select * from {{ ref('orders') }} where amount < 0
            """
        ),
    ];
}

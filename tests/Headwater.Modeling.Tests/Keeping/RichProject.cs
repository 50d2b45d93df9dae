using Headwater.Modeling.Tests.Artifacts;

namespace Headwater.Modeling.Tests.Keeping;

/// <summary>A project in which each field of each kind of node says something.</summary>
internal static class RichProject
{
    public static IReadOnlyList<(string Path, string Text)> Files { get; } =
    [
        .. EveryKindProject.Files.Where(file => file.Path is not ("selectors.yml" or "macros/macros.yml")),
        (
            "macros/macros.yml",
            """
            macros:
              - name: cents
                description: Money as cents
                meta: {owner: ann}
                docs: {show: true}
                arguments: [{name: column, type: string, description: The column}]
            """
        ),
        (
            "analyses/analyses.yml",
            """
            analyses:
              - name: by_day
                description: Each day
                columns: [{name: ordered_at, description: The day}]
            """
        ),
        (
            "models/rich.sql",
            """
            {{ config(materialized='table', meta={'deep': [1, 2.5, none, true, {'a': ('x', 'y')}]}, database='elsewhere') }}
            select 1 as rich_id, 'ä€𝄞' as name from {{ ref('totals', v=1) }}
            """
        ),
        (
            "models/rich.yml",
            """
            models:
              - name: rich
                description: All of it
                columns: [{name: rich_id, data_tests: [shop.at_least_one]}]
                config: {access: private, group: people, quoting: {database: false, schema: false}}
                constraints:
                  - {type: foreign_key, name: rich_fk, columns: [rich_id], to: ref('orders'), to_columns: [order_id]}
            groups:
              - {name: people, description: All people, owner: {name: Eve, email: eve@example.com}}
            sources:
              - name: shop_system
                database: warehouse_2
                tables:
                  - name: visits
                    identifier: visits_raw
                    loaded_at_query: select max(at) from visits
                    freshness: {warn_after: {count: 1, period: day}, error_after: {count: 2, period: day}, filter: "x > 1"}
            unit_tests:
              - name: totals_add_up
                model: totals
                versions: {include: [2]}
                given:
                  - {input: ref('orders'), format: sql, rows: "select 1 as amount"}
                expect: {format: csv, rows: "total,one\n1,1"}
                overrides: {macros: {is_incremental: false}, env_vars: {SHOP: x}}
            """
        ),
        (
            "snapshots/blocks.sql",
            """
            {% snapshot first_block %}{{ config(strategy='check', unique_key='order_id', check_cols='all', target_schema='history') }}
            select * from {{ ref('orders') }}{% endsnapshot %}
            {% snapshot second_block -%} {{ config(strategy='timestamp', unique_key='order_id', updated_at='ordered_at') }}
            select {{ cents('amount') }} as cents, * from {{ ref('orders') }}
            {%- endsnapshot %}
            """
        ),
        (
            "selectors.yml",
            """
            selectors:
              - name: nightly
                description: At night
                default: true
                definition:
                  union:
                    - {method: tag, value: nightly, children: true, children_depth: 2, parents: true, indirect_selection: cautious}
                    - {method: fqn, value: orders, childrens_parents: true}
                    - exclude: [totals]
              - name: both
                definition:
                  intersection:
                    - {method: selector, value: nightly}
                    - "orders+"
                    - exclude: [totals]
            """
        ),
    ];

    public static TestProject Create() => new([.. Files]);
}

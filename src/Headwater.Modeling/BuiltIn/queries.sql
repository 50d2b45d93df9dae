{# Running statements from templates. #}

{% macro statement(name=none, fetch_result=False, auto_begin=True, language='sql') -%}
    {%- if execute -%}
        {%- set answer = adapter.execute(caller(), auto_begin=auto_begin, fetch=fetch_result) -%}
        {%- if name is not none -%}
            {{ store_result(name, response=answer[0], agate_table=answer[1]) }}
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}

{% macro is_incremental() -%}
    {%- if not execute -%}
        {%- do return(False) -%}
    {%- endif -%}
    {%- set existing = adapter.get_relation(this.database, this.schema, this.table) -%}
    {%- do return(
        existing is not none
        and existing.type == 'table'
        and config.get('materialized') == 'incremental'
        and not should_full_refresh()
    ) -%}
{%- endmacro %}

{% macro validate_sql(sql) -%}{{ return(adapter.dispatch('validate_sql', 'dbt')(sql)) }}{%- endmacro %}
{% macro default__validate_sql(sql) -%}
    {%- call statement('validate_sql') -%}explain {{ sql }}{%- endcall -%}
    {{ return(load_result('validate_sql')) }}
{%- endmacro %}

{% macro should_full_refresh() -%}
    {%- set configured = config.get('full_refresh') -%}
    {%- do return(flags.FULL_REFRESH if configured is none else configured) -%}
{%- endmacro %}

{% macro load_relation(relation) -%}
    {%- do return(adapter.get_relation(relation.database, relation.schema, relation.identifier)) -%}
{%- endmacro %}

{% macro get_columns_in_query(select_sql) -%}
    {%- set answer = run_query('select * from (' ~ select_sql ~ ') as the_query limit 0') -%}
    {%- do return(answer.column_names | list if answer else []) -%}
{%- endmacro %}

{% macro drop_relation_if_exists(relation) -%}
    {%- if relation is not none -%}{%- do adapter.drop_relation(relation) -%}{%- endif -%}
{%- endmacro %}

{% macro noop_statement(name=none, message=none, code=none, rows_affected=none, res=none) -%}{%- endmacro %}

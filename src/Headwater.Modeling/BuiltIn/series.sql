{# Rows of numbers and dates, made without a function that only some engines have. #}

{% macro get_powers_of_two(upper_bound) -%}{{ return(adapter.dispatch('get_powers_of_two', 'dbt')(upper_bound)) }}{%- endmacro %}
{% macro default__get_powers_of_two(upper_bound) -%}
    {%- if upper_bound <= 0 -%}
        {{ exceptions.raise_compiler_error('the upper bound must be positive') }}
    {%- endif -%}
    {%- set powers = namespace(count=1, value=2) -%}
    {%- for _ in range(1, 100) if powers.value < upper_bound -%}
        {%- set powers.count = powers.count + 1 -%}
        {%- set powers.value = powers.value * 2 -%}
    {%- endfor -%}
    {%- do return(powers.count) -%}
{%- endmacro %}

{% macro generate_series(upper_bound) -%}{{ return(adapter.dispatch('generate_series', 'dbt')(upper_bound)) }}{%- endmacro %}
{% macro default__generate_series(upper_bound) -%}
    {%- set count = dbt.get_powers_of_two(upper_bound) -%}
    with bits as (
        select 0 as bit union all select 1
    ),
    numbers as (
        select
            {% for place in range(count) -%}
            b{{ place }}.bit * {{ 2 ** place }}{{ ' + ' if not loop.last }}
            {%- endfor %} + 1 as generated_number
        from
            {% for place in range(count) -%}
            bits as b{{ place }}{{ ' cross join ' if not loop.last }}
            {%- endfor %}
    )
    select generated_number
    from numbers
    where generated_number <= {{ upper_bound }}
    order by generated_number
{%- endmacro %}

{% macro get_intervals_between(start_date, end_date, datepart) -%}
    {{ return(adapter.dispatch('get_intervals_between', 'dbt')(start_date, end_date, datepart)) }}
{%- endmacro %}
{% macro default__get_intervals_between(start_date, end_date, datepart) -%}
    {%- set answer = run_query('select ' ~ dbt.datediff(start_date, end_date, datepart)) -%}
    {%- do return((answer.columns[0].values()[0] | int) if answer and answer.rows else 1) -%}
{%- endmacro %}

{% macro date_spine(datepart, start_date, end_date) -%}
    {{ return(adapter.dispatch('date_spine', 'dbt')(datepart, start_date, end_date)) }}
{%- endmacro %}
{% macro default__date_spine(datepart, start_date, end_date) -%}
    with series as (
        {{ dbt.generate_series(dbt.get_intervals_between(start_date, end_date, datepart)) }}
    ),
    periods as (
        select {{ dbt.dateadd(datepart, '(row_number() over (order by generated_number) - 1)', start_date) }} as date_{{ datepart }}
        from series
    )
    select *
    from periods
    where date_{{ datepart }} <= {{ end_date }}
{%- endmacro %}

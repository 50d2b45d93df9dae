{#- Names as people type them: the same name with and without spaces, in any case, has one key. -#}
{% macro name_key(column) -%}
    lower(replace(trim({{ column }}), ' ', ''))
{%- endmacro %}

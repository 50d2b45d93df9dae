using System.Globalization;
using System.Text;

namespace Headwater.Benchmarks.Modeling;

/// <summary>
/// A dbt project of a large company's size and shape, made up: sources, staging views, intermediate and mart models that call macros of a package and
/// of its packages, properties with descriptions and tests. The same text each time.
/// </summary>
internal static class GeneratedProject
{
    private const int Systems = 20;
    private const int TablesPerSystem = 20;
    private const int Intermediates = 400;
    private const int Marts = 400;
    private const int SharedMacros = 150;

    /// <summary>Sources, models and tests together.</summary>
    public const int Nodes =
        (Systems * TablesPerSystem * (1 + 1 + 5)) + (Intermediates * (1 + 3)) + (Marts * (1 + 2)) + SingularTests;

    /// <summary>A staging model in the middle of it.</summary>
    public const string OneModel = "stg_system_7__table_7";

    private const int SingularTests = 200;

    public static void Write(string folder)
    {
        Write(folder, "dbt_project.yml", ProjectFile("generated") + "vars: {day_of_load: '2026-01-01'}\n");
        Write(folder, "packages.yml", "packages:\n  - local: shared\n");
        Write(folder, "shared/dbt_project.yml", ProjectFile("shared"));
        WriteMacros(folder);
        WriteStaging(folder);
        WriteIntermediates(folder);
        WriteMarts(folder);
        for (var test = 0; test < SingularTests; test++)
        {
            Write(
                folder,
                Numbered($"tests/mart_{test}_has_no_negative_amount.sql"),
                Numbered($"select * from {{{{ ref('mart_{test}') }}}} where amount < 0\n")
            );
        }
    }

    /// <summary>Edits one model, each time to another text.</summary>
    public static void ChangeOneModel(string folder, int number)
    {
        var path = Directory.GetFiles(folder, OneModel + ".sql", SearchOption.AllDirectories).Single();
        File.WriteAllText(path, $"{File.ReadAllText(path).Split("-- edit")[0]}-- edit {number}\n");
    }

    private static void WriteMacros(string folder)
    {
        for (var macro = 0; macro < SharedMacros; macro++)
        {
            Write(
                folder,
                Numbered($"shared/macros/transform_{macro}.sql"),
                Numbered(
                    $$$"""
                    {#- Turns a column into what the marts want. -#}
                    {% macro transform_{{{macro}}}(column, scale=1, default=none) %}
                        {{ return(adapter.dispatch('transform_{{{macro}}}', 'shared')(column, scale, default)) }}
                    {% endmacro %}

                    {% macro default__transform_{{{macro}}}(column, scale, default) -%}
                        {%- if scale == 1 -%}
                            coalesce({{ column }}, {{ default if default is not none else {{{macro}}} }})
                        {%- else -%}
                            {%- for step in range(scale) -%}
                                ({{ column }} + {{ step }}){% if not loop.last %} * {% endif %}
                            {%- endfor -%}
                        {%- endif -%}
                    {%- endmacro %}

                    """
                )
            );
        }
    }

    private static void WriteStaging(string folder)
    {
        for (var system = 0; system < Systems; system++)
        {
            var sources = new StringBuilder(Numbered($"sources:\n  - name: system_{system}\n    tables:\n"));
            var models = new StringBuilder("models:\n");
            for (var table = 0; table < TablesPerSystem; table++)
            {
                sources.Append(
                    CultureInfo.InvariantCulture,
                    $"      - {{name: table_{table}, description: 'Table {table} as system {system} exports it.'}}\n"
                );
                var first = ((system * TablesPerSystem) + table) % SharedMacros;
                var second = (system + table) % SharedMacros;
                var name = Numbered($"stg_system_{system}__table_{table}");
                models.Append(
                    $$$"""
                      - name: {{{name}}}
                        description: One row an event, as the source has it, with names of ours.
                        columns:
                          - name: id
                            description: What the source calls the row.
                            data_tests: [unique, not_null]
                          - name: amount
                            data_tests:
                              - not_null:
                                  config: {severity: warn}
                          - name: kind
                            description: '{{ doc("kind") }}'
                            data_tests:
                              - accepted_values: {arguments: {values: ['a', 'b', 'c']}}
                          - name: happened_at
                            data_tests: [not_null]

                    """
                );
                Write(
                    folder,
                    Numbered($"models/staging/system_{system}/{name}.sql"),
                    Numbered(
                        $$$"""
                        {{ config(materialized='view', tags=['staging', 'system_{{{system}}}']) }}

                        with source as (
                            select * from {{ source('system_{{{system}}}', 'table_{{{table}}}') }}
                        ),

                        renamed as (
                            select
                                id,
                                {{ shared.transform_{{{first}}}('amount') }} as amount,
                                {{ shared.transform_{{{second}}}('amount', scale=3) }} as weighted_amount,
                                kind,
                                {% for part in ['year', 'month', 'day'] %}
                                extract({{ part }} from happened_at) as happened_{{ part }},
                                {% endfor %}
                                happened_at
                            from source
                            {% if var('day_of_load', none) is not none %}
                            where happened_at >= '{{ var("day_of_load") }}'
                            {% endif %}
                        )

                        select * from renamed

                        """
                    )
                );
            }

            Write(folder, Numbered($"models/staging/system_{system}/sources.yml"), sources.ToString());
            Write(folder, Numbered($"models/staging/system_{system}/models.yml"), models.ToString());
        }

        Write(folder, "models/staging/kinds.md", "{% docs kind %}\nWhat **kind** of event it was.\n{% enddocs %}\n");
    }

    private static void WriteIntermediates(string folder)
    {
        var properties = new StringBuilder("models:\n");
        for (var model = 0; model < Intermediates; model++)
        {
            var staging = Enumerable.Range(0, 3).Select(step => (model + (step * 37)) % (Systems * TablesPerSystem));
            var unions = string.Join(
                "\n    union all\n",
                staging.Select(index =>
                    Numbered(
                        $"    select id, amount, kind, happened_at from {{{{ ref('stg_system_{index / TablesPerSystem}__table_{index % TablesPerSystem}') }}}}"
                    )
                )
            );
            Write(
                folder,
                Numbered($"models/intermediate/int_{model}.sql"),
                Numbered(
                    $$$"""
                    with events as (
                    {{{unions}}}
                    )

                    select id, kind, happened_at, {{ shared.transform_{{{model
                        % SharedMacros}}}('amount', scale=2) }} as amount,
                        row_number() over (partition by kind order by happened_at desc) as latest
                    from events

                    """
                )
            );
            properties.Append(
                CultureInfo.InvariantCulture,
                $"""
                  - name: int_{model}
                    description: Events of three systems together.
                    columns:
                      - name: id
                        data_tests: [not_null]
                      - name: kind
                        data_tests: [not_null]
                      - name: happened_at
                        data_tests: [not_null]

                """
            );
        }

        Write(folder, "models/intermediate/intermediate.yml", properties.ToString());
    }

    private static void WriteMarts(string folder)
    {
        var properties = new StringBuilder("models:\n");
        for (var mart = 0; mart < Marts; mart++)
        {
            Write(
                folder,
                Numbered($"models/marts/mart_{mart}.sql"),
                Numbered(
                    $$$"""
                    {{ config(materialized='table') }}
                    {%- set kinds = ['a', 'b', 'c'] %}

                    select
                        date_trunc('month', happened_at) as month,
                        {% for kind in kinds -%}
                        sum(case when kind = '{{ kind }}' then amount end) as amount_{{ kind }},
                        {% endfor -%}
                        sum(amount) as amount
                    from {{ ref('int_{{{mart}}}') }}
                    where latest <= {{ shared.transform_{{{mart % SharedMacros}}}('latest') }}
                    group by 1

                    """
                )
            );
            properties.Append(
                CultureInfo.InvariantCulture,
                $"""
                  - name: mart_{mart}
                    columns:
                      - name: month
                        data_tests: [unique, not_null]

                """
            );
        }

        Write(folder, "models/marts/marts.yml", properties.ToString());
    }

    private static string ProjectFile(string name) => $"name: {name}\nversion: '1.0'\nprofile: {name}\n";

    private static string Numbered(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static void Write(string folder, string path, string text)
    {
        var file = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}

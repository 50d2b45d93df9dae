namespace Headwater.Query.Tests.Invariants;

/// <summary>What the tables of a star mean, as a project says it.</summary>
internal static class StarYaml
{
    public static string Of(Star star) =>
        "semantic_models:\n"
        + string.Concat(star.References.Select(Model))
        + string.Concat(star.Facts.Select(Model))
        + "metrics:\n"
        + string.Concat(
            star.Facts.SelectMany(fact => Measure.All.Select(measure => measure.Of(fact)))
                .Select(name =>
                    $$"""
                          - name: {{name}}
                            type: simple
                            type_params: {measure: {{name}} }

                        """
                )
        );

    private static string Model(ReferenceTable table) =>
        $$"""
              - name: {{table.Name}}
                model: ref('{{table.Name}}')
                entities:
                  - {name: {{table.Entity}}, type: primary, expr: id}
            {{Foreign(table.Keys)}}
                dimensions:
            {{Categorical(table.Labels)}}

            """;

    private static string Model(FactTable table) =>
        $$"""
              - name: {{table.Name}}
                model: ref('{{table.Name}}')
                defaults: {agg_time_dimension: happened_on}
                entities:
                  - {name: {{table.Entity}}, type: primary, expr: id}
            {{Foreign(table.Keys)}}
                dimensions:
                  - name: happened_on
                    type: time
                    type_params: {time_granularity: day}
            {{Categorical(table.Labels)}}
                measures:
            {{string.Join(
                '\n',
                Measure.All.Select(measure =>
                    $$"""      - {name: {{measure.Of(table)}}, agg: {{measure.Aggregation}}, expr: {{measure.Column}}}"""
                )
            )}}

            """;

    private static string Foreign(IEnumerable<string> entities) =>
        string.Join(
            '\n',
            entities.Select(entity => $$"""      - {name: {{entity}}, type: foreign, expr: {{entity}}_id}""")
        );

    private static string Categorical(IEnumerable<string> labels) =>
        string.Join('\n', labels.Select(label => $$"""      - {name: {{label}}, type: categorical}"""));
}

using Headwater.Jinja.Values;
using static Headwater.Modeling.Parsing.SemanticTexts;

namespace Headwater.Modeling.Parsing;

/// <summary>An entry of <c>semantic_models:</c> in the form of dbt's manifest.</summary>
internal static class SemanticModelShape
{
    public static JinjaDict Of(JinjaDict entry)
    {
        var entities = Items(entry.At("entities")).OfType<JinjaDict>().ToList();
        return Dict(
            ("model", Str(entry.At("model")) ?? ""),
            ("label", Str(entry.At("label"))),
            (
                "defaults",
                entry.At("defaults") is JinjaDict defaults
                    ? Dict(("agg_time_dimension", Str(defaults.At("agg_time_dimension"))))
                    : null
            ),
            ("entities", new JinjaList(entities.Select(Entity))),
            ("measures", new JinjaList(Items(entry.At("measures")).OfType<JinjaDict>().Select(Measure))),
            ("dimensions", new JinjaList(Items(entry.At("dimensions")).OfType<JinjaDict>().Select(Dimension))),
            ("metadata", null),
            (
                "primary_entity",
                Str(entry.At("primary_entity"))
                    ?? entities
                        .Where(entity => Lower(entity.At("type")) == "primary")
                        .Select(entity => Str(entity.At("name")))
                        .FirstOrDefault()
            )
        );
    }

    private static JinjaDict Entity(JinjaDict entity) =>
        Dict(
            ("name", Str(entity.At("name")) ?? ""),
            ("type", Lower(entity.At("type")) ?? "foreign"),
            ("description", Str(entity.At("description"))),
            ("label", Str(entity.At("label"))),
            ("role", Str(entity.At("role"))),
            ("expr", Str(entity.At("expr"))),
            ("config", Config(entity))
        );

    private static JinjaDict Measure(JinjaDict measure) =>
        Dict(
            ("name", Str(measure.At("name")) ?? ""),
            ("agg", Lower(measure.At("agg")) is "avg" ? "average" : Lower(measure.At("agg")) ?? "sum"),
            ("description", Str(measure.At("description"))),
            ("label", Str(measure.At("label"))),
            ("create_metric", measure.At("create_metric") is true),
            ("expr", Str(measure.At("expr"))),
            ("agg_params", Percentile(measure.At("agg_params") as JinjaDict)),
            ("non_additive_dimension", NonAdditive(measure.At("non_additive_dimension") as JinjaDict)),
            ("agg_time_dimension", Str(measure.At("agg_time_dimension"))),
            ("config", Config(measure))
        );

    private static JinjaDict Dimension(JinjaDict dimension) =>
        Dict(
            ("name", Str(dimension.At("name")) ?? ""),
            ("type", Lower(dimension.At("type")) ?? "categorical"),
            ("description", Str(dimension.At("description"))),
            ("label", Str(dimension.At("label"))),
            ("is_partition", dimension.At("is_partition") is true),
            ("type_params", Time(dimension)),
            ("expr", Str(dimension.At("expr"))),
            ("metadata", null),
            ("config", Config(dimension))
        );

    private static JinjaDict? Time(JinjaDict dimension)
    {
        if (Lower(dimension.At("type")) != "time")
        {
            return null;
        }

        var written = dimension.At("type_params") as JinjaDict ?? new JinjaDict();
        return Dict(
            ("time_granularity", Lower(written.At("time_granularity")) ?? "day"),
            (
                "validity_params",
                written.At("validity_params") is JinjaDict validity
                    ? Dict(("is_start", validity.At("is_start") is true), ("is_end", validity.At("is_end") is true))
                    : null
            )
        );
    }

    private static JinjaDict? Percentile(JinjaDict? written) =>
        written is null
            ? null
            : Dict(
                ("percentile", written.At("percentile")),
                ("use_discrete_percentile", written.At("use_discrete_percentile") is true),
                ("use_approximate_percentile", written.At("use_approximate_percentile") is true)
            );

    private static JinjaDict? NonAdditive(JinjaDict? written) =>
        written is null
            ? null
            : Dict(
                ("name", Str(written.At("name")) ?? ""),
                ("window_choice", Lower(written.At("window_choice")) ?? "min"),
                ("window_groupings", new JinjaList(Items(written.At("window_groupings")).Select(Str)))
            );

    private static JinjaDict? Config(JinjaDict entry) =>
        (entry.At("config") as JinjaDict)?.At("meta") is JinjaDict meta ? Dict(("meta", meta)) : null;

    private static string? Lower(object? value) => Str(value)?.ToLowerInvariant();
}

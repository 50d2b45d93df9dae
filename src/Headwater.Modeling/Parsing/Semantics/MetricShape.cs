using Headwater.Jinja.Values;
using static Headwater.Modeling.Parsing.SemanticTexts;

namespace Headwater.Modeling.Parsing;

/// <summary>An entry of <c>metrics:</c> in the form of dbt's manifest.</summary>
internal static class MetricShape
{
    /// <param name="entry">The entry as written.</param>
    /// <param name="measures">The measures that the metric reads, directly or through other metrics.</param>
    public static JinjaDict Of(JinjaDict entry, IEnumerable<JinjaDict> measures)
    {
        var written = Parameters(entry);
        var type = Str(entry.At("type"))?.ToLowerInvariant() ?? "simple";
        return Dict(
            ("label", Str(entry.At("label")) ?? Str(entry.At("name")) ?? ""),
            ("type", type),
            (
                "type_params",
                Dict(
                    ("measure", Measure(written)),
                    ("input_measures", new JinjaList(measures)),
                    ("numerator", Input(written.At("numerator"))),
                    ("denominator", Input(written.At("denominator"))),
                    ("expr", Str(written.At("expr"))),
                    ("window", Window(written.At("window"))),
                    ("grain_to_date", Str(written.At("grain_to_date"))?.ToLowerInvariant()),
                    ("metrics", new JinjaList(Items(written.At("metrics")).Select(Input))),
                    ("conversion_type_params", Conversion(written.At("conversion_type_params") as JinjaDict)),
                    ("cumulative_type_params", type == "cumulative" ? Cumulative(written) : null),
                    ("metric_aggregation_params", null)
                )
            ),
            ("filter", Filter(entry.At("filter"))),
            ("metadata", null),
            ("time_granularity", Str(entry.At("time_granularity"))?.ToLowerInvariant())
        );
    }

    /// <summary>The measure that a metric of one reads; null for other metrics.</summary>
    public static JinjaDict? Measure(JinjaDict parameters) =>
        Measure(parameters.At("measure"), parameters.At("fill_nulls_with"));

    /// <summary>The measures that an entry names itself.</summary>
    public static IEnumerable<JinjaDict> Measures(JinjaDict entry)
    {
        var written = Parameters(entry);
        var conversion = written.At("conversion_type_params") as JinjaDict;
        return (
            (JinjaDict?[])
                [
                    Measure(written),
                    Measure(conversion?.At("base_measure"), null),
                    Measure(conversion?.At("conversion_measure"), null),
                ]
        ).OfType<JinjaDict>();
    }

    /// <summary>The names of the metrics that an entry reads.</summary>
    public static IEnumerable<string> Inputs(JinjaDict entry)
    {
        var written = Parameters(entry);
        var cumulative = written.At("cumulative_type_params") as JinjaDict;
        return Items(written.At("metrics"))
            .Append(written.At("numerator"))
            .Append(written.At("denominator"))
            .Append(cumulative?.At("metric"))
            .Select(Input)
            .OfType<JinjaDict>()
            .Select(input => Str(input.At("name"))!);
    }

    private static JinjaDict Parameters(JinjaDict entry) => entry.At("type_params") as JinjaDict ?? new JinjaDict();

    private static JinjaDict? Measure(object? written, object? fill)
    {
        var named = written as JinjaDict ?? new JinjaDict();
        return written is null
            ? null
            : Dict(
                ("name", Str(written is JinjaDict ? named.At("name") : written) ?? ""),
                ("filter", Filter(named.At("filter"))),
                ("alias", Str(named.At("alias"))),
                ("join_to_timespine", named.At("join_to_timespine") is true),
                ("fill_nulls_with", (named.At("fill_nulls_with") ?? fill) as long?)
            );
    }

    private static JinjaDict? Input(object? written)
    {
        var named = written as JinjaDict ?? new JinjaDict();
        return written is null
            ? null
            : Dict(
                ("name", Str(written is JinjaDict ? named.At("name") : written) ?? ""),
                ("filter", Filter(named.At("filter"))),
                ("alias", Str(named.At("alias"))),
                ("offset_window", Window(named.At("offset_window"))),
                ("offset_to_grain", Str(named.At("offset_to_grain")))
            );
    }

    private static JinjaDict? Conversion(JinjaDict? written) =>
        written is null
            ? null
            : Dict(
                ("base_measure", Measure(written.At("base_measure"), null)),
                ("conversion_measure", Measure(written.At("conversion_measure"), null)),
                ("entity", Str(written.At("entity")) ?? ""),
                ("calculation", Str(written.At("calculation"))?.ToLowerInvariant() ?? "conversion_rate"),
                ("window", Window(written.At("window"))),
                (
                    "constant_properties",
                    new JinjaList(
                        Items(written.At("constant_properties"))
                            .OfType<JinjaDict>()
                            .Select(pair =>
                                Dict(
                                    ("base_property", Str(pair.At("base_property")) ?? ""),
                                    ("conversion_property", Str(pair.At("conversion_property")) ?? "")
                                )
                            )
                    )
                )
            );

    // The window may still stand where it stood before dbt had parameters of their own for it.
    private static JinjaDict Cumulative(JinjaDict written)
    {
        var own = written.At("cumulative_type_params") as JinjaDict ?? new JinjaDict();
        return Dict(
            ("window", Window(own.At("window") ?? written.At("window"))),
            ("grain_to_date", Str(own.At("grain_to_date") ?? written.At("grain_to_date"))?.ToLowerInvariant()),
            ("period_agg", Str(own.At("period_agg"))?.ToLowerInvariant() ?? "first"),
            ("metric", Input(own.At("metric")))
        );
    }
}

using System.Globalization;
using Headwater.Jinja;
using Headwater.Jinja.Evaluation;
using Headwater.Jinja.Functions;
using Headwater.Jinja.Values;

namespace Headwater.Compat.Metrics.Cases;

/// <summary>Renders the templates of cases: the functions that they call, spelled for one engine.</summary>
internal sealed class CheckTemplates : INames
{
    private readonly bool _isPostgres;
    private readonly JinjaEnvironment _environment = new();
    private readonly Dictionary<string, object?> _names;

    public CheckTemplates(string engine, string schema)
    {
        _isPostgres = engine == "postgres";
        _names = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["source_schema"] = schema,
            ["mf_time_spine_source"] = schema + ".mf_time_spine",
            ["double_data_type_name"] = _isPostgres ? "DOUBLE PRECISION" : "DOUBLE",
            ["TimeGranularity"] = Words(
                "millisecond",
                "second",
                "minute",
                "hour",
                "day",
                "week",
                "month",
                "quarter",
                "year"
            ),
            ["DatePart"] = Words("year", "quarter", "month", "day", "dow", "doy"),
        };
        Add("render_time_constraint", ["expr", "start_time?", "stop_time?"], TimeConstraint);
        Add("cast_to_ts", ["string_literal"], call => Timestamp($"'{call.Text(0)}'"));
        Add("cast_expr_to_ts", ["expr"], call => Timestamp(call.Text(0)));
        Add(
            "render_date_sub",
            ["table_alias", "column_alias", "count", "granularity"],
            call => $"{call.Text(0)}.{call.Text(1)} - {Interval(call.Integer(2), call.Text(3))}"
        );
        Add(
            "render_date_add",
            ["date_column", "count_column", "granularity"],
            call => $"{call.Text(0)} + (CAST({call.Text(1)} AS INTEGER) * INTERVAL '1 {call.Text(2)}')"
        );
        Add(
            "render_date_trunc",
            ["expr", "granularity"],
            call => $"DATE_TRUNC('{call.Text(1)}', {Timestamp(call.Text(0))})"
        );
        Add(
            "render_extract",
            ["expr", "date_part"],
            call => $"EXTRACT({(call.Text(1) == "dow" ? "isodow" : call.Text(1))} FROM {Timestamp(call.Text(0))})"
        );
        Add(
            "render_percentile_expr",
            ["expr", "percentile", "use_discrete_percentile", "use_approximate_percentile"],
            Percentile
        );
        Add("generate_random_uuid", [], _ => "GEN_RANDOM_UUID()");
        Add("render_dimension_template", ["dimension_name", "entity_path?"], call => Call("Dimension", call, 1));
        Add("render_entity_template", ["entity_name", "entity_path?"], call => Call("Entity", call, 1));
        Add(
            "render_time_dimension_template",
            ["time_dimension_name", "time_granularity?", "entity_path?"],
            call => Call("TimeDimension", call, 2, call.OptionalText(1))
        );
        Add(
            "render_metric_template",
            ["metric_name", "group_by?"],
            call => $"{{{{ Metric('{call.Text(0)}', group_by={List(call, 1)}) }}}}"
        );
    }

    public string Render(string template) =>
        new JinjaSession(_environment, new SessionOptions(), CancellationToken.None).Render(
            _environment.Parse(template, "case"),
            this
        );

    public bool TryGet(string name, out object? value) => _names.TryGetValue(name, out value);

    private void Add(string name, string[] parameters, Func<NativeCall, object?> body) =>
        _names[name] = new NativeFunction(name, ParameterList.Of(parameters), body);

    private static JinjaDict Words(params string[] words) =>
        new(words.Select(word => new KeyValuePair<string, object?>(word.ToUpperInvariant(), word)));

    private static string Call(string function, NativeCall call, int path, string? grain = null) =>
        $"{{{{ {function}('{call.Text(0)}'{(grain is null ? "" : $", '{grain}'")}, entity_path={List(call, path)}) }}}}";

    private static string List(NativeCall call, int index) =>
        call.Has(index)
            ? $"[{string.Join(", ", Iteration.Over(call.Value(index)).Select(item => $"'{item}'"))}]"
            : "()";

    private static string Timestamp(string expression) => $"CAST({expression} AS TIMESTAMP)";

    private static string Interval(long count, string grain) =>
        grain == "quarter" ? $"INTERVAL '{count * 3} month'" : $"INTERVAL '{count} {grain}'";

    private static string TimeConstraint(NativeCall call)
    {
        var conditions = new List<string>(2);
        if (call.OptionalText(1) is { } start)
        {
            conditions.Add($"{Timestamp(call.Text(0))} >= {Timestamp($"'{start}'")}");
        }

        if (call.OptionalText(2) is { } stop)
        {
            // Both ends belong to it.
            var isDay = stop.Length == 10;
            var last = DateTime.Parse(stop, CultureInfo.InvariantCulture);
            var end = isDay ? last.AddDays(1) : last.AddSeconds(1);
            var text = end.ToString(isDay ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
            conditions.Add($"{Timestamp(call.Text(0))} < {Timestamp($"'{text}'")}");
        }

        return string.Join(" AND ", conditions);
    }

    private string Percentile(NativeCall call)
    {
        var fraction = Convert.ToString(call.Value(1), CultureInfo.InvariantCulture);
        // Where an engine has no approximation, the exact value is what is expected.
        return call.Flag(3) && !call.Flag(2) && !_isPostgres
            ? $"approx_quantile({call.Text(0)}, {fraction})"
            : $"{(call.Flag(2) ? "PERCENTILE_DISC" : "PERCENTILE_CONT")}({fraction}) WITHIN GROUP (ORDER BY {call.Text(0)})";
    }
}

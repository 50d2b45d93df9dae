using System.Globalization;
using System.Text.RegularExpressions;
using Headwater.Jinja.Values;

namespace Headwater.Modeling.Parsing;

/// <summary>The short forms of the semantic layer's files, in the long forms that dbt's manifest has.</summary>
internal static partial class SemanticTexts
{
    /// <summary>The metric that <c>metric('revenue')</c> names, in lower case; null if the text is no such call.</summary>
    public static string? MetricOf(string call) =>
        MetricCall().Match(call) is { Success: true } match ? match.Groups["name"].Value.ToLowerInvariant() : null;

    /// <summary>Package and name of <c>ref('package', 'name')</c>; null if the text is no such call.</summary>
    public static (string? Package, string Name)? RefOf(string call)
    {
        if (RefCall().Match(call) is not { Success: true } match)
        {
            return null;
        }

        var names = match.Groups["name"].Captures.Select(capture => capture.Value).ToList();
        return names.Count == 1 ? (null, names[0]) : (names[0], names[1]);
    }

    /// <summary>A filter: one condition, or a list of them that all must hold.</summary>
    public static JinjaDict? Filter(object? value)
    {
        var conditions = value is null
            ? []
            : Items(value).Select(item => item is JinjaDict dict ? dict : Condition(item));
        var list = new JinjaList(conditions.Where(condition => condition is not null));
        return list.Items.Count == 0 ? null : Dict(("where_filters", list));
    }

    /// <summary>A span of time such as <c>7 days</c>.</summary>
    public static JinjaDict? Window(object? value)
    {
        if (value is JinjaDict dict)
        {
            return dict;
        }

        return value is not null && Span().Match(Str(value)!) is { Success: true } match
            ? Dict(
                ("count", long.Parse(match.Groups["count"].Value, CultureInfo.InvariantCulture)),
                ("granularity", match.Groups["unit"].Value.ToLowerInvariant())
            )
            : null;
    }

    /// <summary>A value as text, null staying null; SQL spells booleans in lower case.</summary>
    public static string? Str(object? value) =>
        value switch
        {
            null => null,
            bool flag => flag ? "true" : "false",
            _ => Text.Str(value),
        };

    /// <summary>The value of a key; null where it is not there.</summary>
    public static object? At(this JinjaDict dict, string key) => dict.TryGet(key, out var value) ? value : null;

    public static IEnumerable<object?> Items(object? value) =>
        value switch
        {
            null => [],
            JinjaList list => list.Items,
            _ => [value],
        };

    public static JinjaDict Dict(params (string Key, object? Value)[] items) =>
        new(items.Select(item => KeyValuePair.Create(item.Key, item.Value)));

    private static JinjaDict? Condition(object? text) => Dict(("where_sql_template", Str(text)));

    [GeneratedRegex(
        @"^\s*metric\s*\(\s*(?:['""][^'""]*['""]\s*,\s*)?['""](?<name>[^'""]+)['""]\s*\)\s*$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex MetricCall();

    [GeneratedRegex(
        @"^\s*(?:\{\{)?\s*ref\s*\(\s*['""](?<name>[^'""]+)['""](?:\s*,\s*['""](?<name>[^'""]+)['""])?",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex RefCall();

    [GeneratedRegex(
        @"^\s*(?<count>\d+)\s*(?<unit>[A-Za-z_]+?)s?\s*$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Span();
}

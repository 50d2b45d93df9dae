using Headwater.Jinja.Functions;
using Headwater.Jinja.Values;

namespace Headwater.Jinja.Filters;

/// <summary>Filters over dicts, and to JSON.</summary>
internal static class MappingFilters
{
    public static IReadOnlyList<NativeFunction> All { get; } =
    [
        new("items", ParameterList.None, Items),
        new("dictsort", ParameterList.Of("case_sensitive?", "by?", "reverse?"), DictSort),
        new("tojson", ParameterList.Of("indent?"), ToJson),
        new("xmlattr", ParameterList.Of("autospace?"), XmlAttributes),
    ];

    private static JinjaGenerator Items(NativeCall call) =>
        call.Subject switch
        {
            JinjaUndefined => new JinjaGenerator([]),
            JinjaDict dict => new JinjaGenerator(
                dict.Items.Select(pair => (object?)JinjaTuple.Of(pair.Key, pair.Value))
            ),
            _ => throw JinjaFault.Type("Can only get item pairs from a mapping."),
        };

    private static JinjaList DictSort(NativeCall call)
    {
        if (call.Subject is not JinjaDict dict)
        {
            throw JinjaFault.Type($"'{TypeNames.Of(call.Subject)}' object has no attribute 'items'");
        }

        var part = call.Text(1, "key") switch
        {
            "key" => 0,
            "value" => 1,
            _ => throw JinjaFault.Value("You can only sort by either \"key\" or \"value\""),
        };
        return new JinjaList(
            OrderFilters.Sorted(
                dict.Items.Select(pair => (object?)JinjaTuple.Of(pair.Key, pair.Value)),
                pair => AttributePath.Folded(((JinjaTuple)pair!).Items[part], call.Flag(0)),
                call.Flag(2)
            )
        );
    }

    // Keys sorted and <, >, &, ' escaped, as Jinja's default for pages.
    private static string ToJson(NativeCall call)
    {
        var json = Json.Write(call.Subject, call.Value(0) is null ? null : call.Bounded(0, 0, 0, 100), sortKeys: true);
        var output = new TextBuilder();
        foreach (var character in json)
        {
            _ = character switch
            {
                '<' => output.Append("\\u003c"),
                '>' => output.Append("\\u003e"),
                '&' => output.Append("\\u0026"),
                '\'' => output.Append("\\u0027"),
                _ => output.Append(character),
            };
        }

        return output.Complete();
    }

    private static string XmlAttributes(NativeCall call)
    {
        if (call.Subject is not JinjaDict dict)
        {
            throw JinjaFault.Type($"'{TypeNames.Of(call.Subject)}' object has no attribute 'items'");
        }

        var text = TextBuilder.Join(
            " ",
            dict.Items.Where(pair => pair.Value is not (null or JinjaUndefined))
                .Select(pair =>
                    $"{HtmlFilters.Escape(Text.Str(pair.Key))}=\"{HtmlFilters.Escape(Text.Str(pair.Value))}\""
                )
        );
        return call.Flag(0, true) && text.Length > 0 ? " " + text : text;
    }
}

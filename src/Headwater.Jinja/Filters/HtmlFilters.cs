using System.Net;
using System.Text.RegularExpressions;
using Headwater.Jinja.Evaluation;
using Headwater.Jinja.Functions;
using Headwater.Jinja.Values;

namespace Headwater.Jinja.Filters;

/// <summary>Filters for markup. Nothing is escaped on its own here, so marked-safe text is ordinary text.</summary>
internal static partial class HtmlFilters
{
    public static IReadOnlyList<NativeFunction> All { get; } =
    [
        new("escape", ParameterList.None, call => Escape(call.SubjectText())),
        new("e", ParameterList.None, call => Escape(call.SubjectText())),
        new("forceescape", ParameterList.None, call => Escape(call.SubjectText())),
        new("safe", ParameterList.None, call => call.SubjectText()),
        new("striptags", ParameterList.None, call => StripTags(call.SubjectText())),
        new("urlencode", ParameterList.None, UrlEncode),
        new("urlize", ParameterList.Of("trim_url_limit?", "nofollow?", "target?", "rel?", "extra_schemes?"), Urlize),
    ];

    internal static string Escape(string text)
    {
        var output = new TextBuilder();
        foreach (var character in text)
        {
            _ = character switch
            {
                '&' => output.Append("&amp;"),
                '<' => output.Append("&lt;"),
                '>' => output.Append("&gt;"),
                '\'' => output.Append("&#39;"),
                '"' => output.Append("&#34;"),
                _ => output.Append(character),
            };
        }

        return output.Complete();
    }

    private static string StripTags(string text) =>
        WebUtility.HtmlDecode(Spaces().Replace(Tags().Replace(text, ""), " ").Trim());

    private static string UrlEncode(NativeCall call)
    {
        if (call.Subject is not (JinjaDict or JinjaList or JinjaTuple))
        {
            return Quote(call.SubjectText(), keepsSlash: true);
        }

        var pairs = call.Subject is JinjaDict dict
            ? dict.Items.Select(pair => (pair.Key, pair.Value))
            : call.SubjectItems().Select(item => (Iteration.Item(item, 0L), Iteration.Item(item, 1L)));
        return TextBuilder.Join("&", pairs.Select(pair => $"{QuoteQuery(pair.Item1)}={QuoteQuery(pair.Item2)}"));
    }

    private static string QuoteQuery(object? value) =>
        Quote(Text.Str(value), keepsSlash: false).Replace("%20", "+", StringComparison.Ordinal);

    private static string Quote(string text, bool keepsSlash)
    {
        // One character can become the escapes of three bytes.
        Allotment.EnsureText(text.Length * 9L);
        var quoted = Uri.EscapeDataString(text);
        return keepsSlash ? quoted.Replace("%2F", "/", StringComparison.Ordinal) : quoted;
    }

    private static string Urlize(NativeCall call)
    {
        var limit = call.Value(0) is null ? int.MaxValue : (int)call.Integer(0);
        var relations = (call.OptionalText(3) ?? "")
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Concat(call.Flag(1) ? ["nofollow", "noopener"] : ["noopener"])
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);
        var attributes =
            $" rel=\"{string.Join(' ', relations)}\""
            + (call.OptionalText(2) is { } target ? $" target=\"{Escape(target)}\"" : "");
        return Urls()
            .Replace(
                Escape(call.SubjectText()),
                match =>
                {
                    var address = match.Value;
                    var reference = address.StartsWith("www.", StringComparison.Ordinal)
                        ? "https://" + address
                        : address;
                    var shown = address.Length > limit ? address[..limit] + "..." : address;
                    Allotment.TakeText(attributes.Length + reference.Length + shown.Length);
                    return $"<a href=\"{reference}\"{attributes}>{shown}</a>";
                }
            );
    }

    [GeneratedRegex("<!--.*?-->|<[^>]*>", RegexOptions.Singleline | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Tags();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Spaces();

    [GeneratedRegex(@"(?:https?://|www\.)[^\s<>]*[^\s<>.,:;!?)]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Urls();
}

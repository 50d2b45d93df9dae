using System.Text.RegularExpressions;
using Headwater.Jinja.Formatting;
using Headwater.Jinja.Functions;
using Headwater.Jinja.Methods;
using Headwater.Jinja.Values;

namespace Headwater.Jinja.Filters;

/// <summary>Filters from text to text.</summary>
internal static partial class TextFilters
{
    public static IReadOnlyList<NativeFunction> All { get; } =
    [
        new("upper", ParameterList.None, call => call.SubjectText().ToUpperInvariant()),
        new("lower", ParameterList.None, call => call.SubjectText().ToLowerInvariant()),
        new("capitalize", ParameterList.None, call => TextOperations.Capitalize(call.SubjectText())),
        new("title", ParameterList.None, call => Title(call.SubjectText())),
        new("trim", ParameterList.Of("chars?"), call => TextOperations.Strip(call.SubjectText(), call.OptionalText(0))),
        new("string", ParameterList.None, call => call.SubjectText()),
        new("replace", ParameterList.Of("old", "new", "count?"), Replace),
        new("format", null, Format),
        new("wordcount", ParameterList.None, call => (long)Words().Count(call.SubjectText())),
        new("truncate", ParameterList.Of("length?", "killwords?", "end?", "leeway?"), Truncate),
    ];

    private static string Title(string text) =>
        TitleWords()
            .Replace(text, match => char.ToUpperInvariant(match.Value[0]) + match.Value[1..].ToLowerInvariant());

    private static string Replace(NativeCall call) =>
        TextOperations.Replace(
            call.SubjectText(),
            Text.Str(call.Value(0)),
            Text.Str(call.Value(1)),
            call.Value(2) is null ? -1 : call.Integer(2)
        );

    private static string Format(NativeCall call)
    {
        if (call.Arguments.Positional.Count > 0 && call.Arguments.Keyword.Count > 0)
        {
            throw JinjaFault.Arguments("can't handle positional and keyword arguments at the same time");
        }

        object values =
            call.Arguments.Keyword.Count > 0
                ? new JinjaDict(call.Arguments.Keyword)
                : new JinjaTuple(call.Arguments.Positional);
        return PercentFormat.Apply(call.SubjectText(), values);
    }

    private static string Truncate(NativeCall call)
    {
        var text = call.SubjectText();
        var length = call.Bounded(0, 255, 0, int.MaxValue);
        var end = call.Text(2, "...");
        var leeway = call.Value(3) is null ? 5 : call.Integer(3);
        if (length < end.Length)
        {
            throw JinjaFault.Value($"expected length >= {end.Length}, got {length}");
        }

        if (text.Length <= length + leeway)
        {
            return text;
        }

        var kept = text[..(length - end.Length)];
        var space = kept.LastIndexOf(' ');
        return (call.Flag(1) || space < 0 ? kept : kept[..space]) + end;
    }

    [GeneratedRegex(@"[^-\s({\[<]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex TitleWords();

    [GeneratedRegex(@"\w+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Words();
}

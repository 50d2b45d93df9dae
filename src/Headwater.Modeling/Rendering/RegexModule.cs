using System.Text.RegularExpressions;
using Headwater.Jinja;
using Headwater.Jinja.Evaluation;
using Headwater.Jinja.Functions;
using Headwater.Jinja.Values;

namespace Headwater.Modeling.Rendering;

/// <summary><c>modules.re</c>: Python's regular expressions, run by .NET's with a time limit.</summary>
internal static class RegexModule
{
    public static JinjaDict Create()
    {
        var module = ModulesObject.Dict(
            ("compile", new NativeFunction("compile", ParameterList.Of("pattern", "flags?"), Compile)),
            ("escape", new NativeFunction("escape", ParameterList.Of("string"), call => Regex.Escape(call.Text(0))))
        );
        foreach (var method in PatternObject.Methods)
        {
            var flags = method.Parameters.Count + 1;
            module[method.Name] = new NativeFunction(
                method.Name,
                ParameterList.Of(["pattern", .. method.Parameters, "flags?"]),
                call => method.Body(PatternObject.Of(call.Value(0), call.Integer(flags)), call, 1)
            );
        }

        foreach (var (name, value) in RegexFlags.All)
        {
            module[name] = value;
        }

        return module;
    }

    private static object? Compile(NativeCall call) => PatternObject.Of(call.Value(0), call.Integer(1));
}

/// <summary>Python's own values of its flags.</summary>
internal static class RegexFlags
{
    public const long Verbose = 64;
    private const long IgnoreCase = 2;
    private const long MultiLine = 8;
    private const long DotAll = 16;

    public static IReadOnlyList<(string Name, long Value)> All { get; } =
    [
        ("IGNORECASE", IgnoreCase),
        ("I", IgnoreCase),
        ("MULTILINE", MultiLine),
        ("M", MultiLine),
        ("DOTALL", DotAll),
        ("S", DotAll),
        ("VERBOSE", Verbose),
        ("X", Verbose),
    ];

    public static RegexOptions Options(long flags) =>
        RegexOptions.CultureInvariant
        | ((flags & IgnoreCase) != 0 ? RegexOptions.IgnoreCase : RegexOptions.None)
        | ((flags & MultiLine) != 0 ? RegexOptions.Multiline : RegexOptions.None)
        | ((flags & DotAll) != 0 ? RegexOptions.Singleline : RegexOptions.None)
        | ((flags & Verbose) != 0 ? RegexOptions.IgnorePatternWhitespace : RegexOptions.None);
}

/// <summary>A method of a pattern, which the module has as a function too.</summary>
/// <param name="Body">Gets the pattern, the call, and at which place the method's own arguments start in it.</param>
internal sealed record PatternMethod(
    string Name,
    IReadOnlyList<string> Parameters,
    Func<PatternObject, NativeCall, int, object?> Body
);

/// <summary>What <c>re.compile()</c> makes.</summary>
internal sealed class PatternObject : IJinjaObject
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);
    private readonly string _pattern;
    private readonly long _flags;
    private readonly string _translated;
    private readonly IReadOnlyDictionary<string, int> _names;
    private readonly Regex _regex;

    private PatternObject(string pattern, long flags)
    {
        (_pattern, _flags) = (pattern, flags);
        (_translated, _names) = RegexSyntax.Translate(pattern);
        _regex = Parsed("{0}");
    }

    public static IReadOnlyList<PatternMethod> Methods { get; } =
    [
        new("match", ["string"], (self, call, at) => self.First(@"\A(?:{0})", call.Text(at))),
        new("fullmatch", ["string"], (self, call, at) => self.First(@"\A(?:{0})\z", call.Text(at))),
        new("search", ["string"], (self, call, at) => self.Matched(self._regex.Match(call.Text(at)))),
        new("sub", ["repl", "string", "count?"], (self, call, at) => self.Replace(call, at).Text),
        new("subn", ["repl", "string", "count?"], (self, call, at) => self.ReplaceCounted(call, at)),
        new("split", ["string", "maxsplit?"], (self, call, at) => self.Split(call, at)),
        new(
            "findall",
            ["string"],
            (self, call, at) => new JinjaList(self._regex.Matches(call.Text(at)).Select(MatchObject.Found))
        ),
        new(
            "finditer",
            ["string"],
            (self, call, at) => new JinjaList(self._regex.Matches(call.Text(at)).Select(self.Matched))
        ),
    ];

    /// <summary>From a pattern's text, or one compiled before.</summary>
    public static PatternObject Of(object? pattern, long flags) =>
        pattern switch
        {
            PatternObject compiled => compiled,
            string text => new PatternObject(text, flags),
            _ => throw RefFunction.Wrong("first argument must be string or compiled pattern"),
        };

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "pattern" => _pattern,
            "flags" => _flags,
            "groups" => (long)_regex.GetGroupNumbers().Length - 1,
            _ => Methods.FirstOrDefault(method => method.Name == name) is { } found
                ? new NativeFunction(name, ParameterList.Of([.. found.Parameters]), call => found.Body(this, call, 0))
                : null,
        };
        return value is not null;
    }

    public override string ToString() => $"re.compile({Text.Repr(_pattern)})";

    // In verbose patterns a comment goes to the end of the line, and would take in what is put after it.
    private Regex Parsed(string frame)
    {
        var end = (_flags & RegexFlags.Verbose) != 0 ? "\n" : "";
        try
        {
            return new Regex(
                frame.Replace("{0}", _translated + end, StringComparison.Ordinal),
                RegexFlags.Options(_flags),
                Limit
            );
        }
        catch (ArgumentException)
        {
            throw new JinjaFault(
                ModelingDiagnostics.RaisedByTemplate.With($"'{_pattern}' is not a regular expression")
            );
        }
    }

    private MatchObject? First(string frame, string text) => Matched(Parsed(frame).Match(text));

    private MatchObject? Matched(Match match) => match.Success ? new MatchObject(match, _names) : null;

    private (string Text, long Count) Replace(NativeCall call, int at)
    {
        var text = call.Text(at + 1);
        var count = 0L;
        var length = (long)text.Length;
        var replaced = _regex.Replace(
            text,
            match =>
            {
                count++;
                var part = call.Value(at) is IJinjaCallable function
                    ? Text.Str(function.Call(call.Context, Arguments.Of(Matched(match))))
                    : RegexReplacement.Expand(call.Text(at), match, _names);
                length += part.Length - match.Length;
                Allotment.EnsureText(length);
                return part;
            },
            call.Integer(at + 2) is > 0 and <= int.MaxValue and var limit ? (int)limit : -1
        );
        Allotment.TakeText(replaced.Length);
        return (replaced, count);
    }

    private JinjaTuple ReplaceCounted(NativeCall call, int at)
    {
        var (text, count) = Replace(call, at);
        return JinjaTuple.Of(text, count);
    }

    private JinjaList Split(NativeCall call, int at) =>
        new(
            _regex.Split(
                call.Text(at),
                call.Integer(at + 1) is > 0 and < int.MaxValue and var limit ? (int)limit + 1 : 0
            )
        );
}

/// <summary>The replacement texts of <c>re.sub</c>: <c>\1</c>, <c>\g&lt;name&gt;</c>, <c>\n</c>; all else stands for itself.</summary>
internal static class RegexReplacement
{
    public static string Expand(string text, Match match, IReadOnlyDictionary<string, int> names)
    {
        if (!text.Contains('\\'))
        {
            return text;
        }

        var output = new System.Text.StringBuilder();
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] != '\\' || at + 1 == text.Length)
            {
                output.Append(text[at]);
                continue;
            }

            var escaped = text[++at];
            var close = escaped == 'g' && at + 1 < text.Length && text[at + 1] == '<' ? text.IndexOf('>', at) : -1;
            if (close > 0)
            {
                var name = text[(at + 2)..close];
                output.Append(
                    match
                        .Groups[
                            names.TryGetValue(name, out var number)
                                ? number.ToString(System.Globalization.CultureInfo.InvariantCulture)
                                : name
                        ]
                        .Value
                );
                at = close;
            }
            else if (char.IsAsciiDigit(escaped))
            {
                output.Append(match.Groups[escaped - '0'].Value);
            }
            else
            {
                _ = escaped switch
                {
                    'n' => output.Append('\n'),
                    't' => output.Append('\t'),
                    'r' => output.Append('\r'),
                    '\\' => output.Append('\\'),
                    _ => output.Append('\\').Append(escaped),
                };
            }
        }

        return output.ToString();
    }
}

/// <summary>Where a pattern was found.</summary>
internal sealed class MatchObject(Match match, IReadOnlyDictionary<string, int> names) : IJinjaObject, IJinjaIndexed
{
    /// <summary>What <c>findall</c> gives: the group, or all groups if there are several.</summary>
    public static object? Found(Match match) =>
        match.Groups.Count > 2
            ? new JinjaTuple([.. match.Groups.Cast<Group>().Skip(1).Select(group => (object?)group.Value)])
            : match.Groups[match.Groups.Count - 1].Value;

    public bool TryGetItem(object? key, out object? value)
    {
        value = Value(Group(key), null);
        return true;
    }

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "group" => new NativeFunction(name, null, Groups),
            "groups" => new NativeFunction(
                name,
                ParameterList.Of("default?"),
                call => new JinjaTuple([
                    .. match.Groups.Cast<Group>().Skip(1).Select(group => Value(group, call.Value(0))),
                ])
            ),
            "groupdict" => new NativeFunction(
                name,
                ParameterList.Of("default?"),
                call => new JinjaDict(
                    names.Select(name => KeyValuePair.Create(name.Key, Value(match.Groups[name.Value], call.Value(0))))
                )
            ),
            "start" => Place(name, group => (long)group.Index),
            "end" => Place(name, group => (long)(group.Index + group.Length)),
            "span" => Place(name, group => JinjaTuple.Of((long)group.Index, (long)(group.Index + group.Length))),
            _ => null,
        };
        return value is not null;
    }

    private static object? Value(Group group, object? otherwise) => group.Success ? group.Value : otherwise;

    private object? Groups(NativeCall call) =>
        call.Arguments.Positional switch
        {
            [] => match.Value,
            [var one] => Value(Group(one), null),
            var several => new JinjaTuple([.. several.Select(key => Value(Group(key), null))]),
        };

    private Group Group(object? key)
    {
        var group = key switch
        {
            long number when number >= 0 && number < match.Groups.Count => match.Groups[(int)number],
            string name when names.TryGetValue(name, out var place) => match.Groups[place],
            _ => null,
        };
        return group ?? throw RefFunction.Wrong($"the pattern has no group {Text.Repr(key)}");
    }

    private NativeFunction Place(string name, Func<Group, object?> read) =>
        new(name, ParameterList.Of("group?"), call => read(Group(call.Has(0) ? call.Value(0) : 0L)));
}

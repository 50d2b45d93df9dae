using System.Globalization;
using System.Text.RegularExpressions;
using Headwater.Jinja;
using Headwater.Jinja.Functions;
using Headwater.Jinja.Values;

namespace Headwater.Modeling.Rendering;

/// <summary><c>modules.re</c>: Python's regular expressions, run by .NET's with a time limit.</summary>
internal static class RegexModule
{
    // Python's own values of its flags.
    private const long IgnoreCase = 2;
    private const long MultiLine = 8;
    private const long DotAll = 16;
    private const long Verbose = 64;

    public static JinjaDict Create() =>
        ModulesObject.Dict(
            ("match", Match("match", "^(?:{0})")),
            ("fullmatch", Match("fullmatch", "^(?:{0})$")),
            ("search", Match("search", "{0}")),
            (
                "sub",
                new NativeFunction(
                    "sub",
                    ParameterList.Of("pattern", "repl", "string", "count?", "flags?"),
                    call =>
                        Pattern(call.Text(0), call.Integer(4))
                            .Replace(
                                call.Text(2),
                                Replacement(call.Text(1)),
                                call.Integer(3) is > 0 and var count ? (int)count : -1
                            )
                )
            ),
            (
                "split",
                new NativeFunction(
                    "split",
                    ParameterList.Of("pattern", "string", "maxsplit?", "flags?"),
                    call => new JinjaList(
                        Pattern(call.Text(0), call.Integer(3))
                            .Split(call.Text(1), (int)(call.Integer(2) > 0 ? call.Integer(2) + 1 : 0))
                    )
                )
            ),
            (
                "findall",
                new NativeFunction(
                    "findall",
                    ParameterList.Of("pattern", "string", "flags?"),
                    call => new JinjaList(
                        Pattern(call.Text(0), call.Integer(2))
                            .Matches(call.Text(1))
                            .Select(match => (object?)match.Groups[match.Groups.Count > 1 ? 1 : 0].Value)
                    )
                )
            ),
            ("IGNORECASE", IgnoreCase),
            ("I", IgnoreCase),
            ("MULTILINE", MultiLine),
            ("M", MultiLine),
            ("DOTALL", DotAll),
            ("S", DotAll),
            ("VERBOSE", Verbose),
            ("X", Verbose),
            ("escape", new NativeFunction("escape", ParameterList.Of("string"), call => Regex.Escape(call.Text(0))))
        );

    private static NativeFunction Match(string name, string frame) =>
        new(
            name,
            ParameterList.Of("pattern", "string", "flags?"),
            call =>
                Pattern(string.Format(CultureInfo.InvariantCulture, frame, call.Text(0)), call.Integer(2))
                    .Match(call.Text(1))
                    is { Success: true } match
                    ? new MatchObject(match)
                    : null
        );

    private static RegexOptions Options(long flags) =>
        RegexOptions.CultureInvariant
        | ((flags & IgnoreCase) != 0 ? RegexOptions.IgnoreCase : RegexOptions.None)
        | ((flags & MultiLine) != 0 ? RegexOptions.Multiline : RegexOptions.None)
        | ((flags & DotAll) != 0 ? RegexOptions.Singleline : RegexOptions.None)
        | ((flags & Verbose) != 0 ? RegexOptions.IgnorePatternWhitespace : RegexOptions.None);

    private static Regex Pattern(string pattern, long flags = 0)
    {
        try
        {
            return new Regex(
                pattern.Replace("(?P<", "(?<", StringComparison.Ordinal),
                Options(flags),
                TimeSpan.FromSeconds(1)
            );
        }
        catch (ArgumentException)
        {
            throw new JinjaFault(ModelingDiagnostics.RaisedByTemplate.With($"'{pattern}' is not a regular expression"));
        }
    }

    private static string Replacement(string text) =>
        Regex.Replace(text, @"\\(?<group>\d)", "$${${group}}", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    private sealed class MatchObject(Match match) : IJinjaObject
    {
        public bool TryGetAttribute(string name, out object? value)
        {
            value = name switch
            {
                "group" => new NativeFunction(
                    name,
                    ParameterList.Of("group?"),
                    call =>
                        call.Value(0) is string key ? match.Groups[key].Value : match.Groups[(int)call.Integer(0)].Value
                ),
                "groups" => new NativeFunction(
                    name,
                    ParameterList.None,
                    _ => new JinjaTuple([
                        .. match
                            .Groups.Cast<Group>()
                            .Skip(1)
                            .Select(group => group.Success ? (object?)group.Value : null),
                    ])
                ),
                "start" => new NativeFunction(name, null, _ => (long)match.Index),
                "end" => new NativeFunction(name, null, _ => (long)(match.Index + match.Length)),
                _ => null,
            };
            return value is not null;
        }
    }
}

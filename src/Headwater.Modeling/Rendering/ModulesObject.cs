using System.Globalization;
using System.Text.RegularExpressions;
using Headwater.Jinja;
using Headwater.Jinja.Evaluation;
using Headwater.Jinja.Functions;
using Headwater.Jinja.Values;

namespace Headwater.Modeling.Rendering;

/// <summary><c>modules.datetime</c>, <c>modules.re</c> and <c>modules.pytz</c>, as far as templates use them. The clock is the build's start.</summary>
internal static class ModulesObject
{
    public static JinjaDict Of(DateTimeOffset now) =>
        Dict(
            (
                "datetime",
                Dict(("datetime", new DateTimeType(now)), ("date", new DateType(now)), ("timedelta", TimeDelta))
            ),
            (
                "pytz",
                Dict(
                    ("utc", "UTC"),
                    ("timezone", new NativeFunction("timezone", ParameterList.Of("zone"), call => call.Text(0)))
                )
            ),
            ("re", Regexes())
        );

    private static NativeFunction TimeDelta =>
        new(
            "timedelta",
            ParameterList.Of("days?", "seconds?", "microseconds?", "milliseconds?", "minutes?", "hours?", "weeks?"),
            call =>
                TimeSpan.FromDays(Number(call, 0) + Number(call, 6) * 7)
                + TimeSpan.FromSeconds(Number(call, 1))
                + TimeSpan.FromMicroseconds(Number(call, 2))
                + TimeSpan.FromMilliseconds(Number(call, 3))
                + TimeSpan.FromMinutes(Number(call, 4))
                + TimeSpan.FromHours(Number(call, 5))
        );

    private static double Number(NativeCall call, int index) =>
        call.Value(index) is { } value ? Convert.ToDouble(value, CultureInfo.InvariantCulture) : 0;

    private static JinjaDict Regexes() =>
        Dict(
            ("match", Match("match", "^(?:{0})")),
            ("fullmatch", Match("fullmatch", "^(?:{0})$")),
            ("search", Match("search", "{0}")),
            (
                "sub",
                new NativeFunction(
                    "sub",
                    ParameterList.Of("pattern", "repl", "string", "count?"),
                    call =>
                        Pattern(call.Text(0))
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
                    ParameterList.Of("pattern", "string"),
                    call => new JinjaList(Pattern(call.Text(0)).Split(call.Text(1)))
                )
            ),
            (
                "findall",
                new NativeFunction(
                    "findall",
                    ParameterList.Of("pattern", "string"),
                    call => new JinjaList(
                        Pattern(call.Text(0))
                            .Matches(call.Text(1))
                            .Select(match => (object?)match.Groups[match.Groups.Count > 1 ? 1 : 0].Value)
                    )
                )
            ),
            ("escape", new NativeFunction("escape", ParameterList.Of("string"), call => Regex.Escape(call.Text(0))))
        );

    private static NativeFunction Match(string name, string frame) =>
        new(
            name,
            ParameterList.Of("pattern", "string", "flags?"),
            call =>
                Pattern(string.Format(CultureInfo.InvariantCulture, frame, call.Text(0))).Match(call.Text(1))
                    is { Success: true } match
                    ? new MatchObject(match)
                    : null
        );

    private static Regex Pattern(string pattern)
    {
        try
        {
            return new Regex(
                pattern.Replace("(?P<", "(?<", StringComparison.Ordinal),
                RegexOptions.CultureInvariant,
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

    private static JinjaDict Dict(params (string Key, object? Value)[] items) =>
        new(items.Select(item => KeyValuePair.Create(item.Key, item.Value)));

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

    private class DateTimeType(DateTimeOffset now) : IJinjaObject, IJinjaCallable
    {
        private static readonly ParameterList Parts = ParameterList.Of(
            "year",
            "month",
            "day",
            "hour?",
            "minute?",
            "second?",
            "microsecond?"
        );

        protected DateTimeOffset Now { get; } = now;

        public virtual object? Call(CallContext context, Arguments arguments) =>
            new NativeFunction("datetime", Parts, call => Build(call)).Call(context, arguments);

        public virtual bool TryGetAttribute(string name, out object? value)
        {
            value = name switch
            {
                "now" or "utcnow" or "today" => new NativeFunction(
                    name,
                    null,
                    _ => DateTime.SpecifyKind(Now.UtcDateTime, DateTimeKind.Unspecified)
                ),
                "strptime" => new NativeFunction(
                    name,
                    ParameterList.Of("date_string", "format"),
                    call => Parse(call.Text(0), call.Text(1))
                ),
                "fromisoformat" => new NativeFunction(
                    name,
                    ParameterList.Of("date_string"),
                    call => DateTime.Parse(call.Text(0), CultureInfo.InvariantCulture, DateTimeStyles.None)
                ),
                "strftime" => new NativeFunction(
                    name,
                    ParameterList.Of("date", "format"),
                    call =>
                        call.Value(0) is DateTime time
                            ? Dates.Format(time, call.Text(1))
                            : Dates.Format(((DateOnly)call.Value(0)!).ToDateTime(TimeOnly.MinValue), call.Text(1))
                ),
                _ => null,
            };
            return value is not null;
        }

        private protected static DateTime Build(NativeCall call)
        {
            try
            {
                return new DateTime(
                    (int)call.Integer(0),
                    (int)call.Integer(1),
                    (int)call.Integer(2),
                    (int)call.Integer(3),
                    (int)call.Integer(4),
                    (int)call.Integer(5),
                    DateTimeKind.Unspecified
                ).AddTicks(call.Integer(6) * 10);
            }
            catch (ArgumentOutOfRangeException)
            {
                throw RefFunction.Wrong("this is not a date");
            }
        }

        private static DateTime Parse(string text, string format)
        {
            var pattern = new System.Text.StringBuilder(format)
                .Replace("%Y", "yyyy")
                .Replace("%m", "MM")
                .Replace("%d", "dd")
                .Replace("%H", "HH")
                .Replace("%M", "mm")
                .Replace("%S", "ss")
                .Replace("%f", "FFFFFF")
                .Replace("%y", "yy")
                .Replace("%b", "MMM")
                .Replace("%B", "MMMM")
                .ToString();
            return DateTime.TryParseExact(
                text,
                pattern,
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var time
            )
                ? time
                : throw RefFunction.Wrong($"time data {Text.Repr(text)} does not match format {Text.Repr(format)}");
        }
    }

    private sealed class DateType(DateTimeOffset now) : DateTimeType(now)
    {
        public override object? Call(CallContext context, Arguments arguments) =>
            new NativeFunction(
                "date",
                ParameterList.Of("year", "month", "day", "hour?", "minute?", "second?", "microsecond?"),
                call => DateOnly.FromDateTime(Build(call))
            ).Call(context, arguments);

        public override bool TryGetAttribute(string name, out object? value)
        {
            if (name == "today")
            {
                value = new NativeFunction(name, null, _ => DateOnly.FromDateTime(Now.UtcDateTime));
                return true;
            }

            return base.TryGetAttribute(name, out value);
        }
    }
}

using System.Globalization;
using Headwater.Jinja.Functions;
using Headwater.Jinja.Values;

namespace Headwater.Jinja.Methods;

/// <summary>Attributes and methods of Python's date, datetime and timedelta.</summary>
internal static class DateMembers
{
    public static bool TryGet(object? value, string name, out object? found)
    {
        found = value switch
        {
            DateTime time => Of(time, name) ?? OfTime(time, name),
            ZonedTime time => OfZoned(time, name) ?? Of(time.Time.DateTime, name) ?? OfTime(time.Time.DateTime, name),
            DateOnly date => Of(date.ToDateTime(TimeOnly.MinValue), name) ?? OfDate(date, name),
            TimeOnly time => OfTimeOfDay(time, name),
            TimeSpan span => Of(span, name),
            _ => null,
        };
        return found is not null;
    }

    private static object? Of(DateTime time, string name) =>
        name switch
        {
            "year" => (long)time.Year,
            "month" => (long)time.Month,
            "day" => (long)time.Day,
            "weekday" => Method(name, _ => ((long)time.DayOfWeek + 6) % 7),
            "isocalendar" => Method(name, _ => IsoCalendar(time)),
            "toordinal" => Method(name, _ => (long)DateOnly.FromDateTime(time).DayNumber + 1),
            "isoweekday" => Method(name, _ => ((long)time.DayOfWeek + 6) % 7 + 1),
            "strftime" => new NativeFunction(
                name,
                ParameterList.Of("format"),
                call => Dates.Format(time, call.Text(0))
            ),
            _ => null,
        };

    private static object? OfTime(DateTime time, string name) =>
        name switch
        {
            "hour" => (long)time.Hour,
            "minute" => (long)time.Minute,
            "second" => (long)time.Second,
            "microsecond" => time.Ticks % TimeSpan.TicksPerSecond / 10,
            "date" => Method(name, _ => DateOnly.FromDateTime(time)),
            "time" => Method(name, _ => TimeOnly.FromDateTime(time)),
            "astimezone" when ZonedTime.Of(time) is { } aware => ToZone(aware),
            "tzinfo" when time.Kind == DateTimeKind.Utc => JinjaZone.Utc,
            "timestamp" => Method(name, _ => (time.ToUniversalTime() - DateTime.UnixEpoch).TotalSeconds),
            "isoformat" => new NativeFunction(
                name,
                ParameterList.Of("sep?"),
                call => Dates.Text(time, call.Text(0, "T") is [var separator, ..] ? separator : 'T')
            ),
            "replace" => new NativeFunction(name, DateParts, call => WithZone(Replace(time, call), call)),
            _ => null,
        };

    private static object? OfZoned(ZonedTime time, string name) =>
        name switch
        {
            "tzinfo" => time.Zone,
            "utcoffset" => Method(name, _ => time.Time.Offset),
            "timestamp" => Method(name, _ => (time.Time - DateTimeOffset.UnixEpoch).TotalSeconds),
            "astimezone" => ToZone(time),
            "strftime" => new NativeFunction(
                name,
                ParameterList.Of("format"),
                call =>
                    Dates.Format(
                        time.Time.DateTime,
                        call.Text(0)
                            .Replace("%z", time.Offset(""), StringComparison.Ordinal)
                            .Replace("%Z", time.Abbreviation, StringComparison.Ordinal)
                    )
            ),
            "isoformat" => new NativeFunction(
                name,
                ParameterList.Of("sep?"),
                call => time.Text(call.Text(0, "T") is [var separator, ..] ? separator : 'T')
            ),
            _ => null,
        };

    private static NativeFunction ToZone(ZonedTime time) =>
        new(
            "astimezone",
            ParameterList.Of("tz"),
            call => time.In(call.Value(0) as JinjaZone ?? throw JinjaFault.Type("tz argument must be a time zone"))
        );

    private static object? OfDate(DateOnly date, string name) =>
        name switch
        {
            "isoformat" => Method(name, _ => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            "replace" => new NativeFunction(
                name,
                DateParts,
                call => DateOnly.FromDateTime(Replace(date.ToDateTime(TimeOnly.MinValue), call))
            ),
            _ => null,
        };

    private static object? OfTimeOfDay(TimeOnly time, string name) =>
        name switch
        {
            "hour" => (long)time.Hour,
            "minute" => (long)time.Minute,
            "second" => (long)time.Second,
            "microsecond" => time.Ticks % TimeSpan.TicksPerSecond / 10,
            "isoformat" => Method(name, _ => Dates.Text(time)),
            "strftime" => new NativeFunction(
                name,
                ParameterList.Of("format"),
                call => Dates.Format(new DateTime(1900, 1, 1) + time.ToTimeSpan(), call.Text(0))
            ),
            _ => null,
        };

    private static JinjaTuple IsoCalendar(DateTime time) =>
        new(
            [(long)ISOWeek.GetYear(time), (long)ISOWeek.GetWeekOfYear(time), ((long)time.DayOfWeek + 6) % 7 + 1],
            ["year", "week", "weekday"]
        );

    private static object? Of(TimeSpan span, string name) =>
        name switch
        {
            "days" => Durations.Days(span),
            "seconds" => Durations.Seconds(span),
            "microseconds" => Durations.Microseconds(span),
            "total_seconds" => Method(name, _ => span.TotalSeconds),
            _ => null,
        };

    private static ParameterList DateParts =>
        ParameterList.Of("year?", "month?", "day?", "hour?", "minute?", "second?", "microsecond?", "tzinfo?");

    private static object WithZone(DateTime time, NativeCall call) =>
        !call.Has(7) ? time
        : call.Value(7) is JinjaZone zone ? ZonedTime.Local(time, zone)
        : DateTime.SpecifyKind(time, DateTimeKind.Unspecified);

    private static DateTime Replace(DateTime time, NativeCall call)
    {
        try
        {
            return new DateTime(
                (int)call.Integer(0, time.Year),
                (int)call.Integer(1, time.Month),
                (int)call.Integer(2, time.Day),
                (int)call.Integer(3, time.Hour),
                (int)call.Integer(4, time.Minute),
                (int)call.Integer(5, time.Second),
                time.Kind
            ).AddTicks(call.Has(6) ? call.Integer(6) * 10 : time.Ticks % TimeSpan.TicksPerSecond);
        }
        catch (ArgumentOutOfRangeException)
        {
            throw JinjaFault.Value("day is out of range for month");
        }
    }

    private static NativeFunction Method(string name, Func<NativeCall, object?> body) =>
        new(name, ParameterList.None, body);
}

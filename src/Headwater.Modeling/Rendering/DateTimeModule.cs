using System.Globalization;
using Headwater.Jinja.Evaluation;
using Headwater.Jinja.Functions;
using Headwater.Jinja.Values;

namespace Headwater.Modeling.Rendering;

/// <summary>Python's <c>datetime.datetime</c>.</summary>
internal class DateTimeType(Func<DateTimeOffset> now) : IJinjaObject, IJinjaCallable
{
    private static readonly ParameterList Parts = ParameterList.Of(
        "year",
        "month",
        "day",
        "hour?",
        "minute?",
        "second?",
        "microsecond?",
        "tzinfo?"
    );

    protected DateTimeOffset Now => now();

    public virtual object? Call(CallContext context, Arguments arguments) =>
        new NativeFunction(
            "datetime",
            Parts,
            call => call.Value(7) is JinjaZone zone ? ZonedTime.Local(Build(call), zone) : Build(call)
        ).Call(context, arguments);

    public virtual bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "now" => new NativeFunction(
                name,
                ParameterList.Of("tz?"),
                call =>
                    call.Value(0) is JinjaZone zone
                        ? ZonedTime.Of(Now.UtcDateTime)!.In(zone)
                        : DateTime.SpecifyKind(Now.UtcDateTime, DateTimeKind.Unspecified)
            ),
            "utcnow" or "today" => new NativeFunction(
                name,
                null,
                _ => DateTime.SpecifyKind(Now.UtcDateTime, DateTimeKind.Unspecified)
            ),
            "strptime" => new NativeFunction(
                name,
                ParameterList.Of("date_string", "format"),
                call => Parse(call.Text(0), call.Text(1))
            ),
            "combine" => new NativeFunction(
                name,
                ParameterList.Of("date", "time"),
                call =>
                    call.Value(0) switch
                    {
                        DateOnly day when call.Value(1) is TimeOnly time => day.ToDateTime(time),
                        DateTime moment when call.Value(1) is TimeOnly time => moment.Date + time.ToTimeSpan(),
                        _ => throw RefFunction.Wrong("combine() takes a date and a time"),
                    }
            ),
            "fromtimestamp" or "utcfromtimestamp" => new NativeFunction(
                name,
                ParameterList.Of("timestamp"),
                call =>
                    DateTime.SpecifyKind(
                        DateTime.UnixEpoch.AddSeconds(Convert.ToDouble(call.Value(0), CultureInfo.InvariantCulture)),
                        DateTimeKind.Unspecified
                    )
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
        return DateTime.TryParseExact(text, pattern, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time
            : throw RefFunction.Wrong($"time data {Text.Repr(text)} does not match format {Text.Repr(format)}");
    }
}

/// <summary>Python's <c>datetime.date</c>.</summary>
internal sealed class DateType(Func<DateTimeOffset> now) : DateTimeType(now)
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

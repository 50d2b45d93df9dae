using System.Globalization;
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
                Dict(
                    ("datetime", new DateTimeType(now)),
                    ("date", new DateType(now)),
                    ("timedelta", TimeDelta),
                    ("time", TimeOfDay)
                )
            ),
            ("pytz", Dict(("utc", JinjaZone.Utc), ("UTC", JinjaZone.Utc), ("timezone", TimeZone))),
            ("re", RegexModule.Create()),
            ("itertools", ItertoolsModule.Create())
        );

    private static NativeFunction TimeZone =>
        new(
            "timezone",
            ParameterList.Of("zone"),
            call =>
                JinjaZone.Find(call.Text(0))
                ?? throw RefFunction.Wrong($"there is no time zone '{call.Text(0)}'; use a name such as Europe/Berlin")
        );

    // A time of day is the span since midnight.
    private static NativeFunction TimeOfDay =>
        new(
            "time",
            ParameterList.Of("hour?", "minute?", "second?", "microsecond?"),
            call =>
                new TimeSpan((int)call.Integer(0), (int)call.Integer(1), (int)call.Integer(2))
                + TimeSpan.FromMicroseconds(call.Integer(3))
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

    internal static JinjaDict Dict(params (string Key, object? Value)[] items) =>
        new(items.Select(item => KeyValuePair.Create(item.Key, item.Value)));
}

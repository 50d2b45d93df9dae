using System.Globalization;
using Headwater.Jinja.Functions;
using Headwater.Jinja.Values;

namespace Headwater.Modeling.Rendering;

/// <summary><c>modules.datetime</c>, <c>modules.re</c> and <c>modules.pytz</c>, as far as templates use them. The clock is the build's start.</summary>
internal static class ModulesObject
{
    public static JinjaDict Of(Func<DateTimeOffset> now) =>
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

    private static NativeFunction TimeOfDay =>
        new(
            "time",
            ParameterList.Of("hour?", "minute?", "second?", "microsecond?"),
            call =>
                new TimeOnly((int)call.Integer(0), (int)call.Integer(1), (int)call.Integer(2)).Add(
                    TimeSpan.FromMicroseconds(call.Integer(3))
                )
        );

    private static NativeFunction TimeDelta =>
        new(
            "timedelta",
            ParameterList.Of("days?", "seconds?", "microseconds?", "milliseconds?", "minutes?", "hours?", "weeks?"),
            call =>
                Durations.FromMicroseconds(
                    (Number(call, 0) + Number(call, 6) * 7) * 86_400_000_000m
                        + Number(call, 1) * 1_000_000m
                        + Number(call, 2)
                        + Number(call, 3) * 1_000m
                        + Number(call, 4) * 60_000_000m
                        + Number(call, 5) * 3_600_000_000m
                )
        );

    private static decimal Number(NativeCall call, int index) =>
        call.Value(index) switch
        {
            null when !call.Has(index) => 0,
            long or double or decimal or bool => Convert.ToDecimal(call.Value(index), CultureInfo.InvariantCulture),
            var other => throw RefFunction.Wrong($"timedelta() takes numbers, not {Text.Repr(other)}"),
        };

    internal static JinjaDict Dict(params (string Key, object? Value)[] items) =>
        new(items.Select(item => KeyValuePair.Create(item.Key, item.Value)));
}

using System.Globalization;
using Headwater.Jinja.Functions;

namespace Headwater.Jinja.Values;

/// <summary>A time zone, as <c>pytz</c> has them.</summary>
public sealed record JinjaZone(TimeZoneInfo Info) : IJinjaObject
{
    public static JinjaZone Utc { get; } = new(TimeZoneInfo.Utc);

    /// <summary>The zone of an IANA name, or null if there is none.</summary>
    public static JinjaZone? Find(string name) =>
        name is "UTC" or "utc" ? Utc
        : TimeZoneInfo.TryFindSystemTimeZoneById(name, out var info) ? new JinjaZone(info)
        : null;

    public string Name => Info.BaseUtcOffset == TimeSpan.Zero && Info.Id is "UTC" ? "UTC" : Info.Id;

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "zone" => Name,
            "localize" => new NativeFunction(
                name,
                ParameterList.Of("dt", "is_dst?"),
                call =>
                    call.Value(0) is DateTime { Kind: not DateTimeKind.Utc } time
                        ? ZonedTime.Local(time, this)
                        : throw JinjaFault.Value("Not naive datetime (tzinfo is already set)")
            ),
            "normalize" => new NativeFunction(
                name,
                ParameterList.Of("dt"),
                call => ZonedTime.Of(call.Value(0))?.In(this)
            ),
            _ => null,
        };
        return value is not null;
    }

    public override string ToString() => Name;
}

/// <summary>A <c>datetime</c> that knows its zone. Times in UTC are <see cref="DateTime"/> of that kind.</summary>
/// <param name="Time">The local time with its offset.</param>
public sealed record ZonedTime(DateTimeOffset Time, JinjaZone Zone)
{
    /// <summary>An aware time from a template value; null for any other.</summary>
    public static ZonedTime? Of(object? value) =>
        value switch
        {
            ZonedTime time => time,
            DateTime { Kind: DateTimeKind.Utc } time => new ZonedTime(new DateTimeOffset(time), JinjaZone.Utc),
            _ => null,
        };

    public static object Local(DateTime time, JinjaZone zone)
    {
        var local = DateTime.SpecifyKind(time, DateTimeKind.Unspecified);
        return new ZonedTime(new DateTimeOffset(local, zone.Info.GetUtcOffset(local)), zone).Simplified();
    }

    /// <summary>The same instant in another zone.</summary>
    public object In(JinjaZone zone) => new ZonedTime(TimeZoneInfo.ConvertTime(Time, zone.Info), zone).Simplified();

    public string Abbreviation =>
        Zone.Info.IsDaylightSavingTime(Time) ? Zone.Info.DaylightName : Zone.Info.StandardName;

    public string Offset(string separator) =>
        (Time.Offset < TimeSpan.Zero ? "-" : "+")
        + Time.Offset.ToString("hh", CultureInfo.InvariantCulture)
        + separator
        + Time.Offset.ToString("mm", CultureInfo.InvariantCulture);

    public string Text(char separator) => Dates.Text(Time.DateTime, separator) + Offset(":");

    private object Simplified() => Zone == JinjaZone.Utc ? Time.UtcDateTime : this;
}

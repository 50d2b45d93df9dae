namespace Headwater.Warehouse.Results.Columns;

/// <summary>Days and microseconds since 1970 as .NET values; as ISO 8601 text where .NET has no such value.</summary>
internal static class Instants
{
    public const long MicrosPerDay = 86_400_000_000;

    private static readonly int EpochDay = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    public static int DaysOf(DateOnly date) => date.DayNumber - EpochDay;

    public static long MicrosOf(DateTime value) =>
        (value.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    public static long MicrosOf(TimeOnly value) => value.Ticks / TimeSpan.TicksPerMicrosecond;

    public static object DateValue(int days)
    {
        var number = (long)EpochDay + days;
        return number >= 0 && number <= DateOnly.MaxValue.DayNumber
            ? DateOnly.FromDayNumber((int)number)
            : IsoText.Date(days);
    }

    // The engines know 24:00:00, .NET does not.
    public static object TimeValue(long micros) =>
        micros is >= 0 and < MicrosPerDay ? new TimeOnly(micros * TimeSpan.TicksPerMicrosecond) : IsoText.Time(micros);

    public static object TimestampValue(long micros, DateTimeKind kind)
    {
        const long lowest = -62_135_596_800_000_000;
        const long highest = 253_402_300_799_999_999;
        return micros is >= lowest and <= highest
            ? new DateTime(DateTime.UnixEpoch.Ticks + (micros * TimeSpan.TicksPerMicrosecond), kind)
            : IsoText.Timestamp(micros, zoned: kind == DateTimeKind.Utc);
    }
}

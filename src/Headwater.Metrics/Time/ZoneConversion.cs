namespace Headwater.Metrics.Time;

/// <summary>From the clock by which times are kept to that of the business. Day boundaries follow daylight saving.</summary>
/// <param name="Stored">IANA zone of the kept times.</param>
/// <param name="Business">IANA zone of the business.</param>
public sealed record ZoneConversion(string Stored, string Business)
{
    /// <summary>
    /// When a time of the business's clock is by the other. Of a time that the clock shows twice the first; for one that it skips the first after it.
    /// </summary>
    public DateTime ToStored(DateTime local)
    {
        var business = TimeZoneInfo.FindSystemTimeZoneById(Business);
        var shown = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        while (business.IsInvalidTime(shown))
        {
            shown = shown.AddMinutes(15);
        }

        var offset = business.IsAmbiguousTime(shown)
            ? business.GetAmbiguousTimeOffsets(shown).Max()
            : business.GetUtcOffset(shown);
        var utc = DateTime.SpecifyKind(shown - offset, DateTimeKind.Utc);
        var stored = TimeZoneInfo.ConvertTimeFromUtc(utc, TimeZoneInfo.FindSystemTimeZoneById(Stored));
        return DateTime.SpecifyKind(stored, DateTimeKind.Unspecified);
    }
}

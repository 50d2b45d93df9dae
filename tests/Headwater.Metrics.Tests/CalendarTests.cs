using Headwater.Metrics.Time;

namespace Headwater.Metrics.Tests;

/// <summary>The calendars by themselves, over many days.</summary>
public sealed class CalendarTests
{
    public static TheoryData<string> Names() => [.. Grains.Keys];

    private static readonly Dictionary<string, CalendarGrain> Grains = (
        (CalendarGrain[])
            [
                MovedGrain.Week("sunday_week", DayOfWeek.Sunday),
                MovedGrain.Week("monday_week", DayOfWeek.Monday),
                MovedGrain.Fiscal("july_year", Grain.Year, 7),
                MovedGrain.Fiscal("february_quarter", Grain.Quarter, 2),
                .. RetailGrain.All("nrf", new RetailYears(DayOfWeek.Sunday, 2), [4, 5, 4]),
                .. RetailGrain.All("year_end", new RetailYears(DayOfWeek.Monday, 1), [4, 4, 5]),
            ]
    ).ToDictionary(grain => grain.Name);

    [Theory]
    [MemberData(nameof(Names))]
    public void Periods_follow_each_other_without_gap(string name)
    {
        var grain = Grains[name];
        var start = grain.Start(new DateTime(2015, 1, 1));
        for (var day = new DateTime(2015, 1, 1); day.Year < 2031; day = day.AddDays(1))
        {
            if (day >= grain.Next(start))
            {
                Assert.Equal(day, grain.Next(start));
                start = day;
            }

            Assert.Equal(start, grain.Start(day.AddHours(23)));
        }
    }

    // As the National Retail Federation published them: 2017 and 2023 have 53 weeks.
    [Theory]
    [InlineData(2016, "2016-01-31")]
    [InlineData(2017, "2017-01-29")]
    [InlineData(2018, "2018-02-04")]
    [InlineData(2023, "2023-01-29")]
    [InlineData(2024, "2024-02-04")]
    [InlineData(2025, "2025-02-02")]
    public void Retail_years_begin_as_published(int year, string first) =>
        Assert.Equal(first, new RetailYears(DayOfWeek.Sunday, 2).Start(year).ToString("yyyy-MM-dd"));

    [Theory]
    [InlineData("2025-03-30T00:00:00", "2025-03-29T23:00:00")]
    [InlineData("2025-03-30T02:30:00", "2025-03-30T01:00:00")]
    [InlineData("2025-03-31T00:00:00", "2025-03-30T22:00:00")]
    [InlineData("2025-10-26T02:30:00", "2025-10-26T00:30:00")]
    public void A_time_of_the_business_is_found_on_the_kept_clock(string local, string stored) =>
        Assert.Equal(
            stored,
            new ZoneConversion("UTC", "Europe/Zurich")
                .ToStored(DateTime.Parse(local, System.Globalization.CultureInfo.InvariantCulture))
                .ToString("yyyy-MM-dd'T'HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture)
        );
}

namespace Headwater.Simulator.Deals;

/// <summary>How many opportunities each day brings: growth over the years, seasons in the year, quarters that end in a push, quiet weekends.</summary>
internal static class DemandCurve
{
    private const double GrowthPerYear = 0.22;

    private static readonly double[] Months = [0.86, 0.92, 1.10, 0.95, 1.00, 1.14, 0.84, 0.80, 1.12, 1.04, 1.08, 1.15];

    /// <summary>Opportunities of each day, adding up to <paramref name="total"/>.</summary>
    public static long[] Spread(DateOnly firstDay, int days, long total)
    {
        var weights = new double[days];
        for (var day = 0; day < days; day++)
        {
            weights[day] = Weight(firstDay.AddDays(day), day);
        }

        // Rounding the running total keeps the sum exact.
        var sum = weights.Sum();
        var counts = new long[days];
        var (running, given) = (0.0, 0L);
        for (var day = 0; day < days; day++)
        {
            running += weights[day];
            var upTo = day == days - 1 ? total : (long)Math.Round(total * (running / sum));
            counts[day] = upTo - given;
            given = upTo;
        }

        return counts;
    }

    private static double Weight(DateOnly date, int day)
    {
        var growth = Math.Pow(1 + GrowthPerYear, day / 365.25);
        var quarterEnd = date.Month % 3 == 0 && date.Day > 20 ? 1.25 : 1;
        var weekend = date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 0.25 : 1;
        return growth * Months[date.Month - 1] * quarterEnd * weekend;
    }
}

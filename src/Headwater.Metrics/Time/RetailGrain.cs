namespace Headwater.Metrics.Time;

/// <summary>
/// Periods of whole weeks, as retailers count (4-4-5, 4-5-4, 5-4-4): a year begins on the weekday nearest to a day of the calendar, has 52 or 53 weeks,
/// and the 53rd belongs to its last month.
/// </summary>
/// <param name="Years">When the years begin.</param>
/// <param name="Weeks">The weeks, from 0, with which the periods of a year begin.</param>
public sealed record RetailGrain(string Name, RetailYears Years, IReadOnlyList<int> Weeks) : CalendarGrain(Name)
{
    private const int Months = 12;

    /// <summary>Years, quarters and months of a pattern.</summary>
    /// <param name="name">The calendar's name.</param>
    /// <param name="years">When the years begin.</param>
    /// <param name="pattern">Weeks of the three months of a quarter.</param>
    public static IEnumerable<RetailGrain> All(string name, RetailYears years, IReadOnlyList<int> pattern)
    {
        var starts = new int[Months];
        for (var month = 1; month < Months; month++)
        {
            starts[month] = starts[month - 1] + pattern[(month - 1) % pattern.Count];
        }

        yield return new RetailGrain(name + "_month", years, starts);
        yield return new RetailGrain(name + "_quarter", years, [starts[0], starts[3], starts[6], starts[9]]);
        yield return new RetailGrain(name + "_year", years, [0]);
    }

    public override Grain? Unit => null;

    public override Grain MadeOf => Grain.Day;

    public override DateTime Start(DateTime instant)
    {
        var year = Years.StartOf(instant);
        var week = (instant - year).Days / 7;
        return year.AddDays(7 * Weeks.Last(first => first <= week));
    }

    public override DateTime Next(DateTime start)
    {
        var year = Years.StartOf(start);
        var week = (start - year).Days / 7;
        var next = Weeks.FirstOrDefault(first => first > week);
        return next > 0 ? year.AddDays(7 * next) : Years.StartOf(year.AddDays(7 * 54));
    }
}

/// <summary>When retail years begin.</summary>
/// <param name="FirstDay">The weekday that they begin on.</param>
/// <param name="Month">The month to whose first day that weekday is the nearest.</param>
public sealed record RetailYears(DayOfWeek FirstDay, int Month)
{
    /// <summary>The first day of the year that begins near that month of a calendar year.</summary>
    public DateTime Start(int year)
    {
        var near = new DateTime(year, Month, 1);
        var ahead = ((int)FirstDay - (int)near.DayOfWeek + 7) % 7;
        return near.AddDays(ahead > 3 ? ahead - 7 : ahead);
    }

    /// <summary>The first day of the year that holds an instant.</summary>
    public DateTime StartOf(DateTime instant)
    {
        var year = instant.Year + 1;
        while (Start(year) > instant)
        {
            year--;
        }

        return Start(year);
    }
}

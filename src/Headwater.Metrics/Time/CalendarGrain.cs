namespace Headwater.Metrics.Time;

/// <summary>
/// Periods of the business: weeks from another day than Monday, years from another month than January. Each is a plain period, moved.
/// </summary>
/// <param name="Name">The name that queries use, such as <c>fiscal_year</c>.</param>
/// <param name="Unit">The plain period: as long as these are.</param>
/// <param name="MovedBy">What they are moved by.</param>
/// <param name="Moved">By how many an instant is moved so that its plain period is the one that is meant.</param>
public sealed record CalendarGrain(string Name, Grain Unit, Grain MovedBy, int Moved)
{
    /// <summary>Weeks from a day on.</summary>
    public static CalendarGrain Week(string name, DayOfWeek first) =>
        new(name, Grain.Week, Grain.Day, (8 - (int)first) % 7);

    /// <summary>Quarters or years from a month on.</summary>
    /// <param name="name">The name that queries use.</param>
    /// <param name="unit">Quarter or year.</param>
    /// <param name="firstMonth">1 to 12.</param>
    public static CalendarGrain Fiscal(string name, Grain unit, int firstMonth) =>
        new(name, unit, Grain.Month, 1 - firstMonth);

    /// <summary>The plain periods that each consists of.</summary>
    public Grain MadeOf => MovedBy;

    /// <summary>The first instant of the period that holds an instant.</summary>
    public DateTime Start(DateTime instant) =>
        MovedBy.Add(Unit.Start(MovedBy.Add(MovedBy.Start(instant), Moved)), -Moved);

    /// <summary>The first instant after the period that begins with an instant.</summary>
    public DateTime Next(DateTime start) => Unit.Add(start, 1);
}

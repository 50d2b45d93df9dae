namespace Headwater.Metrics.Time;

/// <summary>Weeks from another day than Monday, years and quarters from another month than January: plain periods, moved.</summary>
/// <param name="Plain">The plain period: as long as these are.</param>
/// <param name="MovedBy">What they are moved by.</param>
/// <param name="Moved">By how many an instant is moved so that its plain period is the one that is meant.</param>
public sealed record MovedGrain(string Name, Grain Plain, Grain MovedBy, int Moved) : CalendarGrain(Name)
{
    /// <summary>Weeks from a day on.</summary>
    public static MovedGrain Week(string name, DayOfWeek first) =>
        new(name, Grain.Week, Grain.Day, (8 - (int)first) % 7);

    /// <summary>Quarters or years from a month on.</summary>
    /// <param name="name">The name that queries use.</param>
    /// <param name="unit">Quarter or year.</param>
    /// <param name="firstMonth">1 to 12.</param>
    public static MovedGrain Fiscal(string name, Grain unit, int firstMonth) =>
        new(name, unit, Grain.Month, 1 - firstMonth);

    public override Grain? Unit => Plain;

    public override Grain MadeOf => MovedBy;

    public override DateTime Start(DateTime instant) =>
        MovedBy.Add(Plain.Start(MovedBy.Add(MovedBy.Start(instant), Moved)), -Moved);

    public override DateTime Next(DateTime start) => Plain.Add(start, 1);
}

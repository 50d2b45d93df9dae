namespace Headwater.Metrics.Time;

/// <summary>Periods of the business's own calendar, computed. A closed set.</summary>
/// <param name="Name">The name that queries use, such as <c>fiscal_year</c>.</param>
public abstract record CalendarGrain(string Name)
{
    /// <summary>The plain period by which it can be counted back, or null if its periods differ in length by rule.</summary>
    public abstract Grain? Unit { get; }

    /// <summary>The plain periods that each consists of.</summary>
    public abstract Grain MadeOf { get; }

    /// <summary>The first instant of the period that holds an instant.</summary>
    public abstract DateTime Start(DateTime instant);

    /// <summary>The first instant after the period that begins with an instant.</summary>
    public abstract DateTime Next(DateTime start);
}

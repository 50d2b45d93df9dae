namespace Headwater.Metrics.Time;

/// <summary>Which periods are meant: plain ones, or those of the project's own calendars and time spines.</summary>
/// <param name="Grain">The plain periods, or null if they are the project's own.</param>
/// <param name="Custom">The project's own, else null.</param>
public sealed record PeriodKind(Grain? Grain, string? Custom)
{
    /// <summary>Reads the name of a grain; one that is not plain is taken for the project's own.</summary>
    public static PeriodKind Read(string name) =>
        Grains.Find(name) is { } grain ? new PeriodKind(grain, null) : new PeriodKind(null, name.ToLowerInvariant());

    public string Name => Grain?.Name() ?? Custom!;

    public override string ToString() => Name;
}

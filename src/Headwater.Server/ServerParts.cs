using Headwater.Platform;
using Headwater.Platform.Passports;
using Headwater.Project;
using Headwater.Query;

namespace Headwater.Server;

/// <summary>What the server serves. The command line opens and composes these; the server only asks them.</summary>
/// <param name="Gate">The one way to user data.</param>
/// <param name="Project">The project as it is now: called at each request, so that a reload takes effect at the next.</param>
/// <param name="Platform">Users, sessions, runs and the audit log.</param>
/// <param name="Time">The clock.</param>
public sealed record ServerParts(IGate Gate, Func<ProjectFolder> Project, PlatformHost Platform, TimeProvider Time)
{
    private readonly PassportOffice? _passports;

    /// <summary>What stands behind numbers; without the project's models no tests are told.</summary>
    public PassportOffice Passports
    {
        get => _passports ?? new PassportOffice(Gate, Platform, Project, () => null, Time);
        init => _passports = value;
    }

    /// <summary>The day in the time zone of the business.</summary>
    internal DateOnly Today()
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(Project().Settings.TimeZone);
        return DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(Time.GetUtcNow(), zone).DateTime);
    }
}

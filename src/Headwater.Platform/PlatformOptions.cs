namespace Headwater.Platform;

/// <summary>Where the platform keeps its things, and how long sign-ins last.</summary>
/// <param name="Home">The folder for the catalog and the audit log; made if absent.</param>
public sealed record PlatformOptions(string Home)
{
    /// <summary>Password of the first administrator (<c>HEADWATER_ADMIN_PASSWORD</c>), or null: they get a one-time link.</summary>
    public string? AdministratorPassword { get; init; }

    /// <summary>How long a session lives unused.</summary>
    public TimeSpan SessionIdle { get; init; } = TimeSpan.FromDays(3);

    /// <summary>How long a session lives at most.</summary>
    public TimeSpan SessionMost { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How long a sign-in link can be used.</summary>
    public TimeSpan LinkLifetime { get; init; } = TimeSpan.FromHours(24);
}

using Headwater.Platform.Users;
using Headwater.Query;

namespace Headwater.Platform.Sessions;

/// <summary>Someone signed in. Shared between requests; what changes is written atomically.</summary>
public sealed class Session
{
    private long _lastSeenTicks;
    private volatile Signed _signed;

    internal Session(TokenHash hash, User user, DateTimeOffset createdAt, DateTimeOffset lastSeenAt)
    {
        Hash = hash;
        CreatedAt = createdAt;
        SavedAt = lastSeenAt;
        _lastSeenTicks = lastSeenAt.UtcTicks;
        _signed = new Signed(user, user.ToPrincipal());
    }

    public User User => _signed.User;

    /// <summary>Whom the gate is asked as: built once, not once a request.</summary>
    public Principal Principal => _signed.Principal;

    public DateTimeOffset CreatedAt { get; }

    public DateTimeOffset LastSeenAt => new(Interlocked.Read(ref _lastSeenTicks), TimeSpan.Zero);

    internal TokenHash Hash { get; }

    /// <summary>The last time that the catalog knows of.</summary>
    internal DateTimeOffset SavedAt { get; set; }

    internal void Seen(DateTimeOffset now) => Interlocked.Exchange(ref _lastSeenTicks, now.UtcTicks);

    internal void Become(User user) => _signed = new Signed(user, user.ToPrincipal());

    private sealed record Signed(User User, Principal Principal);
}

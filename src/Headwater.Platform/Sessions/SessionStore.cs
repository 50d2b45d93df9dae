using System.Collections.Concurrent;
using Headwater.Platform.Catalog;
using Headwater.Platform.Users;
using Headwater.Query;

namespace Headwater.Platform.Sessions;

/// <summary>
/// Who is signed in: opaque random tokens, kept as hashes, in memory for each request and in the catalog for the next start.
/// A session ends when it was not used for <see cref="PlatformOptions.SessionIdle"/>, and at the latest after <see cref="PlatformOptions.SessionMost"/>.
/// Safe for several threads.
/// </summary>
public sealed class SessionStore
{
    /// <summary>How stale the catalog's notion of a session's last use may be.</summary>
    private static readonly TimeSpan SaveEvery = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<TokenHash, Session> _sessions = new();
    private readonly CatalogStore _catalog;
    private readonly PlatformOptions _options;
    private readonly TimeProvider _time;

    private SessionStore(CatalogStore catalog, PlatformOptions options, TimeProvider time)
    {
        _catalog = catalog;
        _options = options;
        _time = time;
    }

    internal static async Task<SessionStore> OpenAsync(
        CatalogStore catalog,
        UserStore users,
        PlatformOptions options,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var store = new SessionStore(catalog, options, time);
        await store.LoadAsync(cancellationToken);
        users.Follower = store.Follow;
        return store;
    }

    /// <summary>Signs a user in.</summary>
    /// <param name="origin">Network address, kept for the user to recognise the session by.</param>
    /// <returns>The token for the cookie: the only time it is known.</returns>
    public async Task<string> OpenSessionAsync(User user, string? origin, CancellationToken cancellationToken)
    {
        var token = SecretToken.Create();
        var now = _time.GetUtcNow();
        var session = new Session(SecretToken.Hash(token)!.Value, user, now, now);
        await _catalog.WriteAsync(
            catalog =>
                catalog.Execute(
                    "insert into sessions values ($1, $2, $3, $4, $5)",
                    session.Hash.ToString(),
                    user.Id,
                    now,
                    now,
                    origin
                ),
            cancellationToken
        );
        _sessions[session.Hash] = session;
        return token;
    }

    /// <summary>The session of a token, or null if there is none or it has ended. Memory only: about a microsecond.</summary>
    public Session? Find(ReadOnlySpan<char> token)
    {
        if (SecretToken.Hash(token) is not { } hash || !_sessions.TryGetValue(hash, out var session))
        {
            return null;
        }

        var now = _time.GetUtcNow();
        if (HasEnded(session, now) || session.User.Disabled)
        {
            return null;
        }

        session.Seen(now);
        return session;
    }

    /// <summary>Those who are signed in, who was seen last first, each once.</summary>
    /// <param name="most">At most so many.</param>
    public IReadOnlyList<Principal> Recent(int most)
    {
        var now = _time.GetUtcNow();
        return
        [
            .. _sessions
                .Values.Where(session => !HasEnded(session, now) && !session.User.Disabled)
                .OrderByDescending(session => session.LastSeenAt)
                .Select(session => session.Principal)
                .DistinctBy(principal => principal.Id)
                .Take(most),
        ];
    }

    /// <summary>Signs out.</summary>
    public async Task EndAsync(Session session, CancellationToken cancellationToken)
    {
        _sessions.TryRemove(session.Hash, out _);
        await _catalog.WriteAsync(
            catalog => catalog.Execute("delete from sessions where token_hash = $1", session.Hash.ToString()),
            cancellationToken
        );
    }

    /// <summary>Writes to the catalog when sessions were last used, and forgets those that have ended. Called now and then.</summary>
    internal async Task SaveAsync(CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        var ended = _sessions.Values.Where(session => HasEnded(session, now)).ToList();
        var used = _sessions.Values.Where(session => session.LastSeenAt - session.SavedAt >= SaveEvery).ToList();
        if (ended.Count + used.Count == 0)
        {
            return;
        }

        await _catalog.WriteAsync(
            catalog =>
            {
                foreach (var session in ended)
                {
                    catalog.Execute("delete from sessions where token_hash = $1", session.Hash.ToString());
                }

                foreach (var session in used)
                {
                    catalog.Execute(
                        "update sessions set last_seen_at = $2 where token_hash = $1",
                        session.Hash.ToString(),
                        session.LastSeenAt
                    );
                }
            },
            cancellationToken
        );
        ended.ForEach(session => _sessions.TryRemove(session.Hash, out _));
        used.ForEach(session => session.SavedAt = session.LastSeenAt);
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        var rows = await _catalog.ReadAsync(
            catalog =>
                catalog.Read(
                    """
                    select u.id, u.name, u.display_name, u.roles, u.attributes, u.disabled, u.created_at, u.last_sign_in_at,
                           s.token_hash, s.created_at, s.last_seen_at
                    from sessions s join users u on u.id = s.user_id
                    """,
                    row => new Session(TokenHash.Parse(row.Text(8)), UserStore.ToUser(row), row.Time(9), row.Time(10))
                ),
            cancellationToken
        );
        var now = _time.GetUtcNow();
        foreach (var session in rows.Where(session => !HasEnded(session, now)))
        {
            _sessions[session.Hash] = session;
        }
    }

    private bool HasEnded(Session session, DateTimeOffset now) =>
        now - session.LastSeenAt > _options.SessionIdle || now - session.CreatedAt > _options.SessionMost;

    private void Follow(User user)
    {
        foreach (var session in _sessions.Values.Where(session => session.User.Id == user.Id))
        {
            session.Become(user);
        }
    }
}

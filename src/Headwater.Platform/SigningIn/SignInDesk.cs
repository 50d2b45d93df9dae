using System.Globalization;
using Headwater.Kernel.Diagnostics;
using Headwater.Platform.Catalog;
using Headwater.Platform.Sessions;
using Headwater.Platform.Users;
using Headwater.Query;
using Headwater.Query.Audit;

namespace Headwater.Platform.SigningIn;

/// <summary>Where users come in: by password or by a one-time link. Safe for several threads.</summary>
public sealed class SignInDesk
{
    private readonly CatalogStore _catalog;
    private readonly UserStore _users;
    private readonly SessionStore _sessions;
    private readonly PlatformOptions _options;
    private readonly IAuditSink _audit;
    private readonly TimeProvider _time;
    private readonly SignInThrottle _throttle;

    internal SignInDesk(
        CatalogStore catalog,
        UserStore users,
        SessionStore sessions,
        PlatformOptions options,
        IAuditSink audit,
        TimeProvider time
    )
    {
        _audit = audit;
        _catalog = catalog;
        _users = users;
        _sessions = sessions;
        _options = options;
        _time = time;
        _throttle = new SignInThrottle(time);
    }

    /// <summary>Signs in by password.</summary>
    /// <returns>The session's token, for the cookie.</returns>
    /// <exception cref="Kernel.Diagnostics.DiagnosticException">HW7020 or HW7021.</exception>
    public Task<string> ByPasswordAsync(
        string name,
        string password,
        string? origin,
        CancellationToken cancellationToken
    ) =>
        RecordedAsync(
            "by password",
            name,
            origin,
            () => CheckAsync(name, password, origin, cancellationToken),
            cancellationToken
        );

    private async Task<User> CheckAsync(
        string name,
        string password,
        string? origin,
        CancellationToken cancellationToken
    )
    {
        // No such user can exist, and the throttle must not be made to remember long texts.
        if (name.Length > UserStore.MaximumNameLength)
        {
            throw PlatformDiagnostics.SignInRefused.With().ToException();
        }

        var byName = "name " + name;
        string[] keys = origin is null ? [byName] : [byName, "from " + origin];
        var wait = keys.Max(_throttle.WaitOf);
        if (wait > TimeSpan.Zero)
        {
            throw PlatformDiagnostics.SignInThrottled.With(InWords(wait)).ToException();
        }

        // Counted before it is known to be wrong: many guesses at once must not all be the first.
        _throttle.Failed(byName);
        if (await _users.VerifyAsync(name, password, cancellationToken) is not { } user)
        {
            Array.ForEach(keys[1..], _throttle.Failed);
            throw PlatformDiagnostics.SignInRefused.With().ToException();
        }

        Array.ForEach(keys, _throttle.Succeeded);
        return user;
    }

    /// <summary>Signs in by a link's token, which is spent by it.</summary>
    /// <returns>The session's token, for the cookie.</returns>
    /// <exception cref="Kernel.Diagnostics.DiagnosticException">HW7022.</exception>
    public Task<string> ByLinkAsync(string token, string? origin, CancellationToken cancellationToken) =>
        RecordedAsync(
            "by link",
            null,
            origin,
            async () =>
                (SecretToken.Hash(token) is { } hash ? await SpendAsync(hash, cancellationToken) : null) switch
                {
                    { Disabled: false } user => user,
                    _ => throw PlatformDiagnostics.LinkRefused.With().ToException(),
                },
            cancellationToken
        );

    /// <summary>Makes a one-time link for a user. Links made before stop working.</summary>
    /// <returns>The token, for the link: the only time it is known.</returns>
    public async Task<string> MakeLinkAsync(User user, CancellationToken cancellationToken)
    {
        var token = SecretToken.Create();
        var now = _time.GetUtcNow();
        await _catalog.WriteAsync(
            session =>
            {
                session.Execute("delete from sign_in_links where user_id = $1", user.Id);
                session.Execute(
                    "insert into sign_in_links values ($1, $2, $3, $4)",
                    SecretToken.Hash(token)!.Value.ToString(),
                    user.Id,
                    now,
                    now + _options.LinkLifetime
                );
            },
            cancellationToken
        );
        return token;
    }

    // Denied attempts too. Of a name that nobody has nothing is kept: people type their password in its place.
    private async Task<string> RecordedAsync(
        string how,
        string? name,
        string? origin,
        Func<Task<User>> enter,
        CancellationToken cancellationToken
    )
    {
        var started = _time.GetTimestamp();
        try
        {
            var user = await enter();
            var token = await OpenAsync(user, origin, cancellationToken);
            Record(user, "ok");
            return token;
        }
        catch (DiagnosticException refused)
        {
            var known = name is null ? null : await _users.FindAsync(name, cancellationToken);
            Record(known, refused.Diagnostic.Code);
            throw;
        }

        void Record(User? user, string outcome) =>
            _audit.Record(
                new AuditRecord(
                    _time.GetUtcNow(),
                    user?.Id ?? "unknown",
                    QuestionPath.Page,
                    origin,
                    $"sign-in {how}",
                    "none",
                    0,
                    _time.GetElapsedTime(started),
                    false,
                    outcome
                )
            );
    }

    private async Task<string> OpenAsync(User user, string? origin, CancellationToken cancellationToken)
    {
        await _users.SignedInAsync(user, cancellationToken);
        return await _sessions.OpenSessionAsync(user, origin, cancellationToken);
    }

    // One writer at a time: of two who come with the same link, one finds it gone.
    private async Task<User?> SpendAsync(TokenHash hash, CancellationToken cancellationToken)
    {
        var found = await _catalog.WriteAsync(
            session =>
            {
                var links = session.Read(
                    "select user_id, expires_at from sign_in_links where token_hash = $1",
                    row => (User: row.Text(0), Expires: row.Time(1)),
                    hash.ToString()
                );
                session.Execute("delete from sign_in_links where token_hash = $1", hash.ToString());
                return links;
            },
            cancellationToken
        );
        return found is [var link] && link.Expires > _time.GetUtcNow()
            ? await _users.FindByIdAsync(link.User, cancellationToken)
            : null;
    }

    private static string InWords(TimeSpan wait) =>
        wait.TotalSeconds < 90
            ? string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(wait.TotalSeconds)} seconds")
            : string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(wait.TotalMinutes)} minutes");
}

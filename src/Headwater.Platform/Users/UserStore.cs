using System.Security.Cryptography;
using System.Text.Json;
using Headwater.Platform.Catalog;
using Microsoft.AspNetCore.Identity;

namespace Headwater.Platform.Users;

/// <summary>The users of the catalog. Safe for several threads.</summary>
public sealed class UserStore
{
    /// <summary>Fewest characters of a password (NIST SP 800-63B asks for 8 where throttled; length is the one rule that helps).</summary>
    public const int MinimumPasswordLength = 10;

    internal const int MaximumNameLength = 100;

    private const string Columns =
        "id, name, display_name, roles, attributes, disabled, created_at, last_sign_in_at, password_hash";

    private readonly CatalogStore _catalog;
    private readonly TimeProvider _time;
    private readonly PasswordHasher<string> _hasher = new();

    // Compared with where there is no such user, so that asking takes as long. Made when somebody first signs in: hashing is slow by design.
    private readonly Lazy<string> _nobodysHash;

    internal UserStore(CatalogStore catalog, TimeProvider time)
    {
        _catalog = catalog;
        _time = time;
        _nobodysHash = new Lazy<string>(() => _hasher.HashPassword("", RandomNumberGenerator.GetHexString(32)));
    }

    /// <summary>Told of each changed user, so that open sessions take it up at once.</summary>
    internal Action<User>? Follower { get; set; }

    public Task<List<User>> ListAsync(CancellationToken cancellationToken) =>
        _catalog.ReadAsync(
            session => session.Read($"select {Columns} from users order by name", ToUser),
            cancellationToken
        );

    public async Task<User?> FindAsync(string name, CancellationToken cancellationToken) =>
        (await FindWithHashAsync(name, cancellationToken))?.User;

    /// <summary>Adds a user; without a password they sign in by link.</summary>
    /// <exception cref="Kernel.Diagnostics.DiagnosticException">HW7010, HW7012 or HW7013.</exception>
    public async Task<User> AddAsync(
        string name,
        string displayName,
        string? password,
        IReadOnlyList<string> roles,
        IReadOnlyDictionary<string, IReadOnlyList<string>> attributes,
        CancellationToken cancellationToken
    )
    {
        if (
            name.Length is 0 or > MaximumNameLength
            || name.Any(letter => char.IsWhiteSpace(letter) || char.IsControl(letter))
        )
        {
            throw PlatformDiagnostics.UserNameInvalid.With(name).ToException();
        }

        var hash = password is null ? null : Hash(password);
        var user = new User(
            RandomNumberGenerator.GetHexString(16, lowercase: true),
            name,
            displayName,
            roles,
            attributes,
            Disabled: false,
            _time.GetUtcNow(),
            LastSignInAt: null
        );
        await _catalog.WriteAsync(
            session =>
            {
                if (
                    session.Read("select id from users where lower(name) = lower($1)", row => row.Text(0), name).Count
                    > 0
                )
                {
                    throw PlatformDiagnostics.UserExists.With(name).ToException();
                }

                session.Execute(
                    $"insert into users ({Columns}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                    user.Id,
                    user.Name,
                    user.DisplayName,
                    JsonSerializer.Serialize(user.Roles),
                    JsonSerializer.Serialize(user.Attributes),
                    user.Disabled,
                    user.CreatedAt,
                    null,
                    hash
                );
            },
            cancellationToken
        );
        return user;
    }

    /// <summary>Sets roles, attributes, display name and whether the user may sign in. Open sessions follow at once.</summary>
    /// <exception cref="Kernel.Diagnostics.DiagnosticException">HW7011.</exception>
    public async Task UpdateAsync(User user, CancellationToken cancellationToken)
    {
        var changed = await _catalog.WriteAsync(
            session =>
                session.Execute(
                    "update users set display_name = $2, roles = $3, attributes = $4, disabled = $5 where id = $1",
                    user.Id,
                    user.DisplayName,
                    JsonSerializer.Serialize(user.Roles),
                    JsonSerializer.Serialize(user.Attributes),
                    user.Disabled
                ),
            cancellationToken
        );
        if (changed == 0)
        {
            throw PlatformDiagnostics.UserUnknown.With(user.Name).ToException();
        }

        Follower?.Invoke(user);
    }

    /// <exception cref="Kernel.Diagnostics.DiagnosticException">HW7011 or HW7012.</exception>
    public async Task SetPasswordAsync(string name, string password, CancellationToken cancellationToken)
    {
        var hash = Hash(password);
        var changed = await _catalog.WriteAsync(
            session => session.Execute("update users set password_hash = $2 where lower(name) = lower($1)", name, hash),
            cancellationToken
        );
        if (changed == 0)
        {
            throw PlatformDiagnostics.UserUnknown.With(name).ToException();
        }
    }

    /// <summary>
    /// The user if the password is theirs, else null. Takes as long for a name that nobody has, so that names cannot be found by the clock.
    /// </summary>
    internal async Task<User?> VerifyAsync(string name, string password, CancellationToken cancellationToken)
    {
        var found = await FindWithHashAsync(name, cancellationToken);
        var hash = found?.Hash ?? _nobodysHash.Value;
        var verdict = _hasher.VerifyHashedPassword("", hash, password);
        if (
            found is not { Hash: not null } known
            || verdict == PasswordVerificationResult.Failed
            || known.User.Disabled
        )
        {
            return null;
        }

        if (verdict == PasswordVerificationResult.SuccessRehashNeeded)
        {
            await SetPasswordAsync(name, password, cancellationToken);
        }

        return known.User;
    }

    internal Task<User?> FindByIdAsync(string id, CancellationToken cancellationToken) =>
        _catalog.ReadAsync(
            session => session.Read($"select {Columns} from users where id = $1", ToUser, id).FirstOrDefault(),
            cancellationToken
        );

    internal Task SignedInAsync(User user, CancellationToken cancellationToken) =>
        _catalog.WriteAsync(
            session =>
                session.Execute("update users set last_sign_in_at = $2 where id = $1", user.Id, _time.GetUtcNow()),
            cancellationToken
        );

    internal static User ToUser(CatalogRow row) =>
        new(
            row.Text(0),
            row.Text(1),
            row.Text(2),
            JsonSerializer.Deserialize<string[]>(row.Text(3)) ?? [],
            (JsonSerializer.Deserialize<Dictionary<string, string[]>>(row.Text(4)) ?? []).ToDictionary(
                pair => pair.Key,
                IReadOnlyList<string> (pair) => pair.Value,
                StringComparer.Ordinal
            ),
            row.Flag(5),
            row.Time(6),
            row.TimeOrNull(7)
        );

    private string Hash(string password) =>
        password.Length < MinimumPasswordLength
            ? throw PlatformDiagnostics.PasswordTooShort.With(MinimumPasswordLength).ToException()
            : _hasher.HashPassword("", password);

    private async Task<(User User, string? Hash)?> FindWithHashAsync(string name, CancellationToken cancellationToken)
    {
        var found = await _catalog.ReadAsync(
            session =>
                session.Read(
                    $"select {Columns} from users where lower(name) = lower($1)",
                    row => (ToUser(row), row.TextOrNull(8)),
                    name
                ),
            cancellationToken
        );
        return found.Count == 0 ? null : found[0];
    }
}

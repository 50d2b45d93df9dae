using Headwater.Platform.Users;
using Headwater.Query;

namespace Headwater.Platform.SigningIn;

/// <summary>How the first administrator comes in.</summary>
public abstract record FirstSignIn
{
    /// <summary>Somebody has signed in before: nothing to say.</summary>
    public sealed record NotNeeded : FirstSignIn;

    /// <summary>By the password from the environment.</summary>
    public sealed record ByPassword(string UserName) : FirstSignIn;

    /// <summary>By a one-time link with this token, to be shown once and logged nowhere.</summary>
    public sealed record ByLink(string UserName, string Token) : FirstSignIn;
}

/// <summary>Makes the first administrator. There is no default password.</summary>
internal static class FirstAdministrator
{
    public const string UserName = "admin";

    /// <summary>
    /// Adds the administrator to a catalog without users. Until somebody has signed in, each start gives a new link, and the one before
    /// stops working: a link lost with a terminal locks nobody out.
    /// </summary>
    public static async Task<FirstSignIn> EnsureAsync(
        UserStore users,
        SignInDesk desk,
        string? password,
        CancellationToken cancellationToken
    )
    {
        var known = await users.ListAsync(cancellationToken);
        var isNew = known.Count == 0;
        if (isNew)
        {
            known =
            [
                await users.AddAsync(
                    UserName,
                    "Administrator",
                    password,
                    [Principal.AdministratorRole],
                    new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal),
                    cancellationToken
                ),
            ];
        }

        if (password is not null && isNew)
        {
            return new FirstSignIn.ByPassword(UserName);
        }

        var waiting = known.Exists(user => user.LastSignInAt is not null)
            ? null
            : known.Find(user => user.Name == UserName);
        return waiting is null || password is not null
            ? new FirstSignIn.NotNeeded()
            : new FirstSignIn.ByLink(UserName, await desk.MakeLinkAsync(waiting, cancellationToken));
    }
}

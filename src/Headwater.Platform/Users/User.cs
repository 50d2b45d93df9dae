using Headwater.Query;

namespace Headwater.Platform.Users;

/// <summary>Someone who can sign in. Immutable; a change is a new record.</summary>
/// <param name="Id">Random and stable; audit records name it.</param>
/// <param name="Name">What they sign in with; unique, ignoring case.</param>
/// <param name="DisplayName">What people call them.</param>
/// <param name="Roles">Names of roles.</param>
/// <param name="Attributes">Values by attribute name, for row rules.</param>
/// <param name="Disabled">True if they may not sign in.</param>
public sealed record User(
    string Id,
    string Name,
    string DisplayName,
    IReadOnlyList<string> Roles,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Attributes,
    bool Disabled,
    DateTimeOffset CreatedAt,
    DateTimeOffset? LastSignInAt
)
{
    /// <summary>This user as the gate knows them.</summary>
    public Principal ToPrincipal() => new(Id, Name, Roles, Attributes);
}

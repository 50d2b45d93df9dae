using Headwater.Platform.Users;

namespace Headwater.Cli.Output.Documents;

/// <summary>A user, for programs.</summary>
/// <param name="LastSignInAt">Null if they never signed in.</param>
/// <param name="Disabled">True if their access was ended.</param>
internal sealed record UserDocument(
    string Id,
    string Name,
    string DisplayName,
    IReadOnlyList<string> Roles,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Attributes,
    DateTimeOffset CreatedAt,
    DateTimeOffset? LastSignInAt,
    bool Disabled
)
{
    public static IReadOnlyList<string> Heading { get; } =
    ["name", "display_name", "roles", "attributes", "created_at", "last_sign_in_at", "disabled"];

    public IReadOnlyList<string?> Row =>
        [
            Name,
            DisplayName,
            string.Join(' ', Roles),
            string.Join(' ', Attributes.Select(item => $"{item.Key}={string.Join('|', item.Value)}")),
            Word.Of(CreatedAt),
            LastSignInAt is { } moment ? Word.Of(moment) : null,
            Disabled ? "true" : "false",
        ];

    public static UserDocument Of(User user) =>
        new(
            user.Id,
            user.Name,
            user.DisplayName,
            user.Roles,
            user.Attributes,
            user.CreatedAt,
            user.LastSignInAt,
            user.Disabled
        );
}

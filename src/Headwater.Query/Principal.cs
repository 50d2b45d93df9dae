namespace Headwater.Query;

/// <summary>Who asks. Built once a request from the session; immutable.</summary>
/// <param name="Id">Stable identifier of the user or service.</param>
/// <param name="Name">What people call them; shown and audited.</param>
/// <param name="Roles">Names of roles. Of a role that is not defined nothing follows.</param>
/// <param name="Attributes">Values by attribute name, for row rules.</param>
public sealed record Principal(
    string Id,
    string Name,
    IReadOnlyList<string> Roles,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Attributes
)
{
    /// <summary>The built-in role that may do everything and sees every row.</summary>
    public const string AdministratorRole = "administrator";

    /// <summary>Whoever runs the command line beside the files: no server stands between, so nothing could be kept from them.</summary>
    public static Principal Operator { get; } =
        new("operator", "operator", [AdministratorRole], new Dictionary<string, IReadOnlyList<string>>());

    public bool IsAdministrator => Roles.Contains(AdministratorRole);
}

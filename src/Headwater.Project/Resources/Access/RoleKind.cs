using Headwater.Project.Yaml;

namespace Headwater.Project.Resources.Access;

/// <summary>Reads <c>access/*.yml</c>.</summary>
public sealed class RoleKind : ResourceKind<RoleDefinition>
{
    private const string UserPrefix = "user.";

    private static readonly Dictionary<string, Permission> Permissions = new(StringComparer.Ordinal)
    {
        ["view"] = Permission.View,
        ["explore"] = Permission.Explore,
        ["sql"] = Permission.Sql,
        ["build"] = Permission.Build,
        ["edit"] = Permission.Edit,
        ["share"] = Permission.Share,
        ["administer"] = Permission.Administer,
    };

    public override string Noun => "role";

    public override string Folder => "access";

    protected override IReadOnlyList<string> Others => ["access/tests"];

    protected override IEnumerable<RoleDefinition> Read(MappingReader reader, ResourceContext context)
    {
        var roles = reader.Mappings("roles").Select(role => ReadRole(role, context)).ToList();
        reader.Finish();
        return roles;
    }

    private static RoleDefinition ReadRole(MappingReader reader, ResourceContext context)
    {
        var name = reader.RequiredName("name");
        var permissions = new HashSet<Permission>();
        foreach (var text in reader.Texts("can"))
        {
            if (Permissions.TryGetValue(text.Text, out var permission))
            {
                permissions.Add(permission);
            }
            else
            {
                reader.Report(
                    ProjectDiagnostics.NotAccepted.At(
                        text.Location,
                        "can",
                        text.Text,
                        string.Join(", ", Permissions.Keys)
                    )
                );
            }
        }

        var role = new RoleDefinition(
            name.Text,
            context.Package.Name,
            name.Location,
            permissions,
            [.. reader.Mappings("row_rules").Select(ReadRule)]
        )
        {
            Masks = [.. reader.Mappings("masks").Select(MaskReader.ReadRule).OfType<MaskRule>()],
            Clears = [.. reader.Mappings("clears").Select(MaskReader.ReadTarget).OfType<MaskTarget>()],
            Unrestricted = reader.Texts("unrestricted"),
        };
        reader.Finish();
        return role;
    }

    private static RowRule ReadRule(MappingReader reader)
    {
        var dimension = reader.RequiredText("dimension");
        var attribute = reader.RequiredText("in");
        if (!attribute.Text.StartsWith(UserPrefix, StringComparison.Ordinal))
        {
            reader.Report(
                ProjectDiagnostics.NotAccepted.At(attribute.Location, "in", attribute.Text, "user.ATTRIBUTE")
            );
        }
        else
        {
            attribute = attribute with { Text = attribute.Text[UserPrefix.Length..] };
        }

        reader.Finish();
        return new RowRule(dimension, attribute);
    }
}

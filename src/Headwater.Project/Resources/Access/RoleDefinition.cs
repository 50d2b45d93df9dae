using Headwater.Kernel.Diagnostics;
using Headwater.Project.Yaml;

namespace Headwater.Project.Resources.Access;

/// <summary>A role of <c>access/*.yml</c>: what its members can do and which rows they see.</summary>
/// <param name="Permissions">What it allows; nothing else is allowed.</param>
/// <param name="RowRules">All hold at once: a row is seen only if it passes each.</param>
public sealed record RoleDefinition(
    string Name,
    string Package,
    SourceLocation Location,
    IReadOnlySet<Permission> Permissions,
    IReadOnlyList<RowRule> RowRules
) : IResource;

/// <summary>Only rows whose dimension has one of the values of a user's attribute.</summary>
/// <param name="Dimension">A dimension as queries name it, such as <c>account__region</c>.</param>
/// <param name="Attribute">Name of the user attribute that lists the permitted values.</param>
public sealed record RowRule(LocatedText Dimension, LocatedText Attribute);

public enum Permission
{
    View,
    Explore,
    Sql,
    Build,
    Edit,
    Share,
    Administer,
}

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
) : IResource
{
    /// <summary>Columns that its members do not see as they are.</summary>
    public IReadOnlyList<MaskRule> Masks { get; init; } = [];

    /// <summary>Columns that its members see although another of their roles masks them.</summary>
    public IReadOnlyList<MaskTarget> Clears { get; init; } = [];

    /// <summary>Tables that its members see whole, though no row rule reaches them.</summary>
    public IReadOnlyList<LocatedText> Unrestricted { get; init; } = [];
}

/// <summary>Only rows whose dimension has one of the values of a user's attribute.</summary>
/// <param name="Dimension">A dimension as queries name it, such as <c>account__region</c>.</param>
/// <param name="Attribute">Name of the user attribute that lists the permitted values.</param>
public sealed record RowRule(LocatedText Dimension, LocatedText Attribute);

/// <summary>Columns that a role speaks of.</summary>
/// <param name="Kind">What <paramref name="Name"/> names.</param>
/// <param name="Name">A tag, a table, or a table and one of its columns.</param>
public sealed record MaskTarget(MaskTargetKind Kind, LocatedText Name);

public enum MaskTargetKind
{
    /// <summary>Every column with a tag, and what is made of it.</summary>
    Tag,

    /// <summary>One column: <c>table.column</c> or <c>schema.table.column</c>.</summary>
    Column,

    /// <summary>Every column of a table: <c>table</c> or <c>schema.table</c>.</summary>
    Model,
}

/// <summary>How some columns are kept from the members of a role.</summary>
/// <param name="Method"><c>hash</c>, <c>redact</c>, <c>partial</c> or <c>null</c>.</param>
/// <param name="Keep">How many characters <c>partial</c> leaves; null for the default.</param>
public sealed record MaskRule(MaskTarget Target, string Method, int? Keep);

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

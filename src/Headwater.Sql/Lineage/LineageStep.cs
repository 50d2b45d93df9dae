namespace Headwater.Sql.Lineage;

/// <summary>A column on the way from or to another.</summary>
/// <param name="Column">Which.</param>
/// <param name="Kind">What the one further up is to the one further down, over all ways between them.</param>
/// <param name="Steps">How many shown relations the way leads to at least, counting this: 1 for a direct input.</param>
public sealed record LineageStep(ColumnName Column, InputKind Kind, int Steps);

/// <summary>All columns on the way from or to another.</summary>
/// <param name="Steps">Near ones first.</param>
/// <param name="HasHidden">Whether the way leads through relations that are not shown, or to them.</param>
public sealed record LineageWay(IReadOnlyList<LineageStep> Steps, bool HasHidden);

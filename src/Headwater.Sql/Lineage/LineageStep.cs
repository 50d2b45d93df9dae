namespace Headwater.Sql.Lineage;

/// <summary>A column on the way from or to another.</summary>
/// <param name="Column">Which.</param>
/// <param name="Kind">What the one further up is to the one further down, over all ways between them.</param>
/// <param name="Steps">How many relations lie between at least, counting the last: 1 for a direct input.</param>
public sealed record LineageStep(ColumnName Column, InputKind Kind, int Steps);

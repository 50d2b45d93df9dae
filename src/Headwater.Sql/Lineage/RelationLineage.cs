using Headwater.Kernel.Names;

namespace Headwater.Sql.Lineage;

/// <summary>Where the columns of one relation come from, one step back. Immutable.</summary>
/// <param name="Relation">The table or view.</param>
/// <param name="Node">The id of what makes it, such as <c>model.shop.orders</c>.</param>
/// <param name="Columns">Its columns in order, as far as they are known.</param>
/// <param name="FiltersOn">The columns that decide which rows it has: they are inputs of the relation, of none of its columns.</param>
/// <param name="Gaps">Why something is not known, a sentence each; empty when everything is.</param>
public sealed record RelationLineage(
    RelationName Relation,
    string Node,
    IReadOnlyList<LineageColumn> Columns,
    IReadOnlyList<ColumnName> FiltersOn,
    IReadOnlyList<string> Gaps
);

/// <summary>A column and what it is made of; without inputs it is made of nothing but constants.</summary>
/// <param name="Complete">False when inputs may be missing.</param>
public sealed record LineageColumn(string Name, IReadOnlyList<LineageInput> Inputs, bool Complete);

/// <summary>A column of which another is made.</summary>
public sealed record LineageInput(ColumnName Column, InputKind Kind);

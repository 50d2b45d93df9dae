using Headwater.Kernel.Names;

namespace Headwater.Modeling.Derived;

/// <summary>
/// A table that is made from published relations by SQL that no model holds. It is built with what it reads, published and rolled back with it, and is no node:
/// nothing refers to it.
/// </summary>
/// <param name="Name">As its author calls it.</param>
/// <param name="Sql">One SELECT over published names.</param>
/// <param name="Reads">The relations that it reads.</param>
/// <param name="Root">The relation whose rows it aggregates.</param>
/// <param name="RowCountColumn">The column that says how many of the root's rows went into a row: these have to add up to all of them.</param>
public sealed record DerivedTable(
    string Name,
    RelationName Relation,
    string Sql,
    IReadOnlyList<RelationName> Reads,
    RelationName Root,
    string RowCountColumn
);

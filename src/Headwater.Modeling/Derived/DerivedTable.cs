using Headwater.Kernel.Names;

namespace Headwater.Modeling.Derived;

/// <summary>
/// A table that is made from published relations by SQL that no model holds. It is built with what it reads, published and rolled back with it, and is no node:
/// nothing refers to it.
/// </summary>
/// <param name="Name">As its author calls it.</param>
/// <param name="Sql">One SELECT over published names.</param>
/// <param name="Reads">The relations that it reads.</param>
/// <param name="Counted">What it has to count; null for a table that nothing is answered from.</param>
public sealed record DerivedTable(
    string Name,
    RelationName Relation,
    string Sql,
    IReadOnlyList<RelationName> Reads,
    CountedRows? Counted
);

/// <summary>Rows that have to be counted once each, or the table cannot stand for them.</summary>
/// <param name="Root">The relation whose rows are aggregated.</param>
/// <param name="Column">The column that says how many of the root's rows went into a row: these have to add up to all of them.</param>
public sealed record CountedRows(RelationName Root, string Column);

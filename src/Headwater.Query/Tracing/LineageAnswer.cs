using Headwater.Kernel.Names;
using Headwater.Sql.Lineage;

namespace Headwater.Query.Tracing;

/// <summary>Where columns of a relation come from and go to, as far as the asker may see it.</summary>
/// <param name="Relation">The relation.</param>
/// <param name="Node">The id of what makes it; null for one that no query makes.</param>
/// <param name="Columns">The column that was asked for, else all in order.</param>
/// <param name="FiltersOn">The columns that decide which rows the relation has.</param>
/// <param name="Gaps">Why something is not known, a sentence each; for those who may see everything.</param>
/// <param name="Complete">False when something is not known.</param>
/// <param name="HasHidden">Whether something is left out that the asker may not see.</param>
public sealed record LineageAnswer(
    RelationName Relation,
    string? Node,
    IReadOnlyList<TracedColumn> Columns,
    IReadOnlyList<ColumnName> FiltersOn,
    IReadOnlyList<string> Gaps,
    bool Complete,
    bool HasHidden
)
{
    /// <summary>Whether one column was asked for.</summary>
    public required bool IsOfColumn { get; init; }
}

/// <summary>A column with what it is made of and what is made of it.</summary>
/// <param name="Upstream">For one column all the way up, else only direct inputs.</param>
/// <param name="Downstream">For one column all the way down, else only what reads it directly.</param>
/// <param name="Complete">False when inputs may be missing.</param>
public sealed record TracedColumn(
    string Name,
    IReadOnlyList<LineageStep> Upstream,
    IReadOnlyList<LineageStep> Downstream,
    bool Complete
);

using Headwater.Kernel.Names;

namespace Headwater.Query.Masking;

/// <summary>What a project says of the sensitivity of a column.</summary>
/// <param name="Column">Its name; null for every column of the relation.</param>
/// <param name="Tags">What it is, such as <c>pii</c>.</param>
/// <param name="Declassified">Tags of what it is made of that do not hold of it: a person has looked at it.</param>
public sealed record ClassifiedColumn(
    RelationName Relation,
    string? Column,
    IReadOnlyList<string> Tags,
    IReadOnlyList<string> Declassified
);

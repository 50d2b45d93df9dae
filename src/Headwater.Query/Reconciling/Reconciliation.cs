namespace Headwater.Query.Reconciling;

/// <summary>Why two numbers differ. Amounts are decimal numbers as text, so that no digit is lost; those of the causes add up to the gap exactly.</summary>
/// <param name="Left">What the left number is, in words.</param>
/// <param name="Right">What the right number is, in words.</param>
/// <param name="LeftTotal">The left number.</param>
/// <param name="RightTotal">The right number.</param>
/// <param name="Gap">Left less right.</param>
/// <param name="MatchedBy">What rows are matched by: an entity, a column, or the dimensions of cells.</param>
/// <param name="Agreeing">Keys under which both sides have the same.</param>
/// <param name="Causes">What the gap is made of, in the order in which causes are looked for; only those that occur.</param>
/// <param name="Groups">The gap of each group and its causes, if groups were asked for.</param>
public sealed record Reconciliation(
    string Left,
    string Right,
    string LeftTotal,
    string RightTotal,
    string Gap,
    IReadOnlyList<string> MatchedBy,
    long Agreeing,
    IReadOnlyList<GapCause> Causes,
    IReadOnlyList<GapGroup> Groups
);

/// <summary>A part of the gap.</summary>
/// <param name="Id">Names it where its rows are asked for.</param>
/// <param name="Kind">Why.</param>
/// <param name="Side">The side at which it is, or null where it is at both.</param>
/// <param name="Filter">The filter that leaves the rows out, or null.</param>
/// <param name="Text">All of that in a sentence.</param>
/// <param name="Amount">What it adds to the gap.</param>
/// <param name="Rows">How many keys it concerns: one row of <paramref name="Sample"/> for each.</param>
/// <param name="LeftRows">Counted rows of the left side under these keys.</param>
/// <param name="RightRows">Counted rows of the right side under these keys.</param>
/// <param name="Sample">The first few, the greatest differences first.</param>
public sealed record GapCause(
    string Id,
    GapKind Kind,
    GapSide? Side,
    string? Filter,
    string Text,
    string Amount,
    long Rows,
    long LeftRows,
    long RightRows,
    IReadOnlyList<GapRow> Sample
);

/// <summary>One key with what both sides have under it. Times are of the earliest row.</summary>
public sealed record GapRow(
    IReadOnlyList<string?> Key,
    string Left,
    string Right,
    string Difference,
    long LeftRows,
    long RightRows,
    string? LeftTime,
    string? RightTime,
    string? LeftCurrency,
    string? RightCurrency
);

/// <summary>A page of the rows of a cause.</summary>
/// <param name="NextCursor">Where the next page begins; null at the end.</param>
public sealed record GapRows(IReadOnlyList<GapRow> Rows, string? NextCursor);

/// <summary>A group with its part of the gap.</summary>
/// <param name="Causes">Amounts by the ids of causes.</param>
public sealed record GapGroup(
    IReadOnlyList<string?> Group,
    string Left,
    string Right,
    string Gap,
    IReadOnlyDictionary<string, string> Causes
);

public enum GapSide
{
    Left,
    Right,
}

/// <summary>Why a key makes a part of the gap. The first that applies, in this order.</summary>
public enum GapKind
{
    /// <summary>The rows have no key, so that nothing can be matched with them.</summary>
    NoKey,

    /// <summary>The other side has no row of this key, counted or not.</summary>
    OnlyOneSide,

    /// <summary>The other side has the row, and a filter leaves it out.</summary>
    Filter,

    /// <summary>The other side has the row, and by its time it is in another period.</summary>
    Date,

    /// <summary>The amounts are in different currencies.</summary>
    Currency,

    /// <summary>A join repeats the row on one side, or its partner is not found there.</summary>
    Join,

    /// <summary>The row stands in another group on the other side.</summary>
    Group,

    /// <summary>The amounts differ.</summary>
    Value,

    /// <summary>The amounts differ by no more than rounding explains.</summary>
    Rounding,
}

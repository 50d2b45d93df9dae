using System.Collections.Immutable;

namespace Headwater.Sql.Resolution;

/// <summary>A column of a relation outside the query.</summary>
public sealed record SourceColumn(string Relation, string Column)
{
    public override string ToString() => $"{Relation}.{Column}";
}

/// <summary>Where a value comes from.</summary>
/// <param name="Values">The columns that the value is computed from, with conditions of CASE and windows, since they stand in its expression.</param>
/// <param name="Influences">The columns that decide which rows are there: filters, joins, groups, limits. May overlap with the former.</param>
/// <param name="Complete">False when something on the way was not known, so that columns may be missing.</param>
public sealed record ColumnSources(
    ImmutableHashSet<SourceColumn> Values,
    ImmutableHashSet<SourceColumn> Influences,
    bool Complete
)
{
    public static ColumnSources None { get; } = new([], [], true);

    internal static ColumnSources Unknown { get; } = new([], [], false);

    internal static ColumnSources Of(SourceColumn column) => new([column], [], true);

    internal ColumnSources With(ColumnSources other) =>
        ReferenceEquals(other, None) ? this
        : ReferenceEquals(this, None) ? other
        : new(Values.Union(other.Values), Influences.Union(other.Influences), Complete && other.Complete);

    /// <summary>The same value among rows that the other decides on.</summary>
    internal ColumnSources InfluencedBy(ColumnSources other) =>
        ReferenceEquals(other, None)
            ? this
            : this with
            {
                Influences = Influences.Union(other.Values).Union(other.Influences),
                Complete = Complete && other.Complete,
            };

    internal bool Same(ColumnSources other) =>
        Complete == other.Complete && Values.SetEquals(other.Values) && Influences.SetEquals(other.Influences);
}

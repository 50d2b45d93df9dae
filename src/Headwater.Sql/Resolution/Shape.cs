namespace Headwater.Sql.Resolution;

/// <summary>A column as others see it.</summary>
/// <param name="Name">The name as the engine keeps it.</param>
public sealed record OutputColumn(string Name, ColumnSources Sources);

/// <summary>Columns that are there beside the known ones, because a star met a relation whose columns are not known.</summary>
/// <param name="Relation">The one relation that they can be of; null when there are several, or none.</param>
/// <param name="Base">What every one of them comes from in any case.</param>
internal sealed record OpenColumns(string? Relation, ColumnSources Base)
{
    public ColumnSources Find(string column) =>
        Relation is null ? Base : Base.With(ColumnSources.Of(new SourceColumn(Relation, column)));

    public static OpenColumns? Merge(OpenColumns? left, OpenColumns? right) =>
        left is null ? right
        : right is null ? left
        : new OpenColumns(
            left.Relation == right.Relation ? left.Relation : null,
            left.Relation == right.Relation
                ? left.Base.With(right.Base)
                : left.Base.With(right.Base).With(ColumnSources.Unknown)
        );
}

/// <summary>The columns of a query or a table.</summary>
internal sealed record Shape(IReadOnlyList<OutputColumn> Columns, OpenColumns? Open)
{
    /// <summary>What decides which rows there are.</summary>
    public RowFilters Filters { get; init; } = RowFilters.None;

    public ColumnSources All() =>
        ColumnSources.Union(Columns.Select(column => column.Sources).Append(Open?.Base ?? ColumnSources.None));
}

using Headwater.Kernel.Diagnostics;

namespace Headwater.Sql.Resolution;

/// <summary>A query whose names are bound.</summary>
/// <param name="Columns">Its output columns in order.</param>
/// <param name="Filters">The columns that decide which rows it gives.</param>
/// <param name="OpenStar">Whether a star met a relation of unknown columns, so that there are more columns than these.</param>
/// <param name="Errors">All names that could not be bound; what depends on them is incomplete.</param>
internal sealed record ResolvedQuery(
    IReadOnlyList<OutputColumn> Columns,
    RowFilters Filters,
    bool OpenStar,
    IReadOnlyList<NameError> Errors
);

/// <summary>A name that could not be bound.</summary>
/// <param name="Offset">Where, in UTF-16 units.</param>
public sealed record NameError(Diagnostic Diagnostic, int Offset)
{
    /// <summary>The diagnostic at its line and column of the text that the query was read from.</summary>
    public Diagnostic In(string text) => Diagnostic with { Location = QueryPlace.Of(text, Offset) };
}

using Headwater.Kernel.Diagnostics;

namespace Headwater.Sql.Resolution;

/// <summary>A query whose names are bound.</summary>
/// <param name="Columns">Its output columns in order.</param>
/// <param name="OpenStar">Whether a star met a relation of unknown columns, so that there are more columns than these.</param>
/// <param name="Errors">All names that could not be bound; what depends on them is incomplete.</param>
public sealed record ResolvedQuery(IReadOnlyList<OutputColumn> Columns, bool OpenStar, IReadOnlyList<NameError> Errors);

/// <summary>A name that could not be bound, and its offset in the text.</summary>
public sealed record NameError(Diagnostic Diagnostic, int Offset);

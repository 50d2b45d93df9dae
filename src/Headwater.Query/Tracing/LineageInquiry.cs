namespace Headwater.Query.Tracing;

/// <summary>Asks where columns come from and go to.</summary>
/// <param name="Relation">
/// A model, seed or table: its name, its name behind its schema, or dbt's id. Where no column is given, one may stand behind a dot.
/// </param>
/// <param name="Column">One column; null for all of the relation.</param>
/// <param name="Principal">Who asks: what their roles do not show is not named.</param>
/// <param name="Path">The door.</param>
/// <param name="Origin">Network address or terminal, for the audit; null if unknown.</param>
public sealed record LineageInquiry(
    string Relation,
    string? Column,
    Principal Principal,
    QuestionPath Path,
    string? Origin
);

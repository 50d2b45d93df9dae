namespace Headwater.Platform.Passports;

/// <summary>What stands behind the numbers of a question, as programs get it. Times are in UTC.</summary>
/// <param name="Metrics">The definitions: those asked for first, then those that they are made of.</param>
/// <param name="Plan">How the numbers come about, a sentence a step.</param>
/// <param name="Sql">What would be run for the asker; values stand as <c>$1</c>.</param>
/// <param name="Relations">The tables and what they are made from, near ones first.</param>
/// <param name="Tests">The tests of the tables that the SQL reads, and of the columns above them that the numbers stand on.</param>
/// <param name="AsOf">When the oldest of the loaded data was loaded; absent if that is not known of all.</param>
/// <param name="Hidden">True when something is left out that the asker may not see.</param>
public sealed record PassportDocument(
    IReadOnlyList<PassportMetricDocument> Metrics,
    IReadOnlyList<string> Plan,
    string Sql,
    IReadOnlyList<PassportRollupDocument> Rollups,
    IReadOnlyList<PassportRelationDocument> Relations,
    IReadOnlyList<PassportTestDocument> Tests,
    DateTimeOffset? AsOf,
    bool Hidden
);

/// <param name="Definition">The YAML, comments left out.</param>
/// <param name="File">The file of the definition, relative to the project.</param>
/// <param name="Version">Differs when the definition or the SQL of a model below it differs.</param>
/// <param name="ChangedAt">When this version was first published; absent if no build of this home has published it.</param>
public sealed record PassportMetricDocument(
    string Name,
    string Label,
    string? Description,
    string Type,
    string Formula,
    string? Owner,
    IReadOnlyDictionary<string, string> Meta,
    string? Definition,
    string File,
    int Line,
    string Version,
    DateTimeOffset? ChangedAt,
    IReadOnlyList<string> Models
);

/// <param name="WhyNot">Absent for one that is used.</param>
public sealed record PassportRollupDocument(string Name, bool Used, string? WhyNot);

/// <param name="Name">Schema and name.</param>
/// <param name="UniqueId">dbt's id of what makes it; absent for a table that no query makes.</param>
/// <param name="Kind">source, model, seed, snapshot, or table where nobody says.</param>
/// <param name="Steps">0 for those that the SQL reads.</param>
/// <param name="ChangedAt">When it was last built or loaded.</param>
/// <param name="Rows">Rows at the last build, or of the last load; absent where not known, or where row rules narrow the asker's view.</param>
/// <param name="Freshness">Of sources: never, fresh, late or stale.</param>
public sealed record PassportRelationDocument(
    string Name,
    string? UniqueId,
    string Kind,
    int Steps,
    IReadOnlyList<PassportColumnDocument> Columns,
    long Version,
    DateTimeOffset? ChangedAt,
    long? Rows,
    string? Freshness
);

/// <param name="Kind">What it is to the numbers: copied, transformed, aggregated, a condition, or read by the SQL itself.</param>
/// <param name="Masked">True when the asker sees a mask in its place.</param>
public sealed record PassportColumnDocument(string Name, string Kind, bool Masked = false);

/// <param name="Test">The generic test's name, such as <c>not_null</c>, or <c>singular</c>.</param>
/// <param name="State">What came of it last: succeeded, warned, failed or skipped; <c>never</c> if it has not run.</param>
/// <param name="Failures">Rows that failed it last; absent where not known, or where row rules narrow the asker's view.</param>
public sealed record PassportTestDocument(
    string Name,
    string Test,
    string Relation,
    string? Column,
    string Severity,
    string State,
    DateTimeOffset? RanAt,
    long? Failures
);

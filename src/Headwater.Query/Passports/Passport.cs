using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Names;
using Headwater.Metrics.Planning.Passes.Rollups;
using Headwater.Sql.Lineage;

namespace Headwater.Query.Passports;

/// <summary>What stands behind the numbers of one question, as one asker would get them.</summary>
/// <param name="Metrics">The definitions: those asked for first, then those that they are made of.</param>
/// <param name="Plan">How the numbers come about, a sentence a step.</param>
/// <param name="Sql">What would be run for this asker; values stand as <c>$1</c>.</param>
/// <param name="Rollups">What was decided of each rollup over the tables.</param>
/// <param name="Relations">The tables and what they are made from, near ones first, as far as the asker may know of them.</param>
/// <param name="HasHidden">Whether something is left out that the asker may not see.</param>
/// <param name="SeesEveryRow">Whether no row rule narrows what the asker sees.</param>
public sealed record Passport(
    IReadOnlyList<PassportMetric> Metrics,
    IReadOnlyList<string> Plan,
    string Sql,
    IReadOnlyList<RollupDecision> Rollups,
    IReadOnlyList<PassportRelation> Relations,
    bool HasHidden,
    bool SeesEveryRow
);

/// <summary>A definition.</summary>
/// <param name="Formula">In words and SQL.</param>
/// <param name="Written">Its YAML, comments left out; null where no entry of its own defines it.</param>
/// <param name="Digest">Differs when what it counts may differ, the SQL of models left aside.</param>
/// <param name="Models">The models that it is computed over, by name.</param>
public sealed record PassportMetric(
    string Name,
    string Label,
    string? Description,
    string Type,
    string Formula,
    string? Owner,
    IReadOnlyDictionary<string, string> Meta,
    string? Written,
    SourceLocation Location,
    string Digest,
    IReadOnlyList<string> Models
);

/// <summary>A table or view behind the numbers.</summary>
/// <param name="Node">dbt's id of what makes it; null for a table that no query makes.</param>
/// <param name="Steps">How far it is: 0 for those that the SQL reads.</param>
/// <param name="Columns">The columns that the numbers stand on.</param>
/// <param name="Version">How often it has changed; 0 if nobody counts.</param>
/// <param name="ChangedAt">When it was last built or loaded; null if nobody knows.</param>
public sealed record PassportRelation(
    RelationName Name,
    string? Node,
    bool IsRaw,
    int Steps,
    IReadOnlyList<PassportColumn> Columns,
    long Version,
    DateTimeOffset? ChangedAt
);

/// <summary>A column that the numbers stand on.</summary>
/// <param name="Kind">What it is to them: copied, transformed, aggregated, or a condition; null for those that the SQL itself reads.</param>
public sealed record PassportColumn(string Name, InputKind? Kind)
{
    /// <summary>Whether the asker sees a mask in its place.</summary>
    public bool IsMasked { get; init; }
}

using Headwater.Kernel.Names;
using Headwater.Metrics.Planning.Passes.Rollups;
using Headwater.Warehouse.Results;

namespace Headwater.Query;

/// <summary>An answer with what it stands on. Immutable and safe for several threads; answers from the cache are shared.</summary>
public sealed class Answer
{
    internal Answer(
        ResultTable table,
        string sql,
        string entityTag,
        IReadOnlyList<RelationVersion> versions,
        ReadOnlyMemory<byte> json
    )
    {
        Table = table;
        Sql = sql;
        EntityTag = entityTag;
        Versions = versions;
        Json = json;
    }

    public ResultTable Table { get; }

    /// <summary>The SQL that was run, for the passport; parameters stand as <c>$1</c>.</summary>
    public string Sql { get; }

    /// <summary>A strong HTTP entity tag, in quotes, that changes when the answer could change.</summary>
    public string EntityTag { get; }

    /// <summary>The published tables that were read, with their versions.</summary>
    public IReadOnlyList<RelationVersion> Versions { get; }

    /// <summary>Which rollups were looked at, and why those that were not used were not.</summary>
    public IReadOnlyList<RollupDecision> Rollups { get; init; } = [];

    /// <summary>Where the next page begins; null for an answer that is whole, or the last page.</summary>
    public string? NextCursor { get; init; }

    /// <summary>
    /// <c>{"columns":[{"name","type"}…],"rows":[[…]…]}</c> in UTF-8: encoded once, so that a repeated answer costs a write.
    /// </summary>
    public ReadOnlyMemory<byte> Json { get; }
}

/// <summary>A published table and how often it has changed.</summary>
public sealed record RelationVersion(RelationName Relation, long Version);

/// <summary>An answer as one caller got it.</summary>
/// <param name="Answer">The answer.</param>
/// <param name="FromCache">True if nothing was run for it.</param>
/// <param name="Elapsed">Time from the question to the answer.</param>
public readonly record struct Reply(Answer Answer, bool FromCache, TimeSpan Elapsed);

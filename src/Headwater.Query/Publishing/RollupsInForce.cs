using Headwater.Kernel.Names;
using Headwater.Metrics;
using Headwater.Metrics.Planning.Passes.Rollups;
using Headwater.Metrics.Semantics;
using Headwater.Warehouse.Publication;

namespace Headwater.Query.Publishing;

/// <summary>The rollups of a project with what builds have made of them. Immutable; safe for several threads.</summary>
internal sealed class RollupsInForce
{
    private readonly ILookup<RelationName, Built> _byRoot;
    private readonly Dictionary<RelationName, PublishedRollup> _published;

    public RollupsInForce(MetricModel metrics, MetricCompiler compiler, IReadOnlyList<PublishedRollup> published)
    {
        _published = published.DistinctBy(rollup => rollup.Relation).ToDictionary(rollup => rollup.Relation);
        _byRoot = metrics
            .Rollups.Select(table => new Built(table, Find(table, compiler)))
            .OrderBy(built => built.Published?.RowCount ?? long.MaxValue)
            .ToLookup(built => built.Table.Root);
    }

    /// <summary>What of them holds for some versions of the tables.</summary>
    public IRollups In(VersionSnapshot versions) => new Holding(_byRoot, versions);

    /// <summary>The tables that an answer from a rollup depends on: it, and what it was made from.</summary>
    public IEnumerable<RelationName> Inputs(RollupTable table) =>
        _published.TryGetValue(table.Relation, out var published)
            ? published.Seen.Select(seen => seen.Relation).Prepend(table.Relation)
            : [table.Relation];

    private PublishedRollup? Find(RollupTable table, MetricCompiler compiler) =>
        _published.GetValueOrDefault(table.Relation) is { } found
        && found.Digest == RollupDigest.Of(compiler.CompileRollup(table))
            ? found
            : null;

    private sealed record Built(RollupTable Table, PublishedRollup? Published)
    {
        public RollupCandidate In(VersionSnapshot versions) =>
            Published is null ? Refused(RollupObstacle.NotBuilt, "")
            : Published.ChangedSince(versions) is { } changed ? Refused(RollupObstacle.Outdated, changed.Name)
            : !Published.IsSound ? Refused(RollupObstacle.RepeatsRows, "")
            : new RollupCandidate(Table, Published.Types, null);

        private RollupCandidate Refused(RollupObstacle obstacle, string subject) =>
            new(Table, Published?.Types ?? NoTypes, new RollupRefusal(obstacle, subject));

        private static Dictionary<string, string> NoTypes => [];
    }

    private sealed class Holding(ILookup<RelationName, Built> byRoot, VersionSnapshot versions) : IRollups
    {
        public IReadOnlyList<RollupCandidate> Over(RelationName root) =>
            [.. byRoot[root].Select(built => built.In(versions))];
    }
}

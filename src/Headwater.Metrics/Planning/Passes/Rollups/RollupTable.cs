using Headwater.Kernel.Names;
using Headwater.Metrics.Planning.Nodes;
using Headwater.Metrics.Semantics;
using Headwater.Metrics.Time;

namespace Headwater.Metrics.Planning.Passes.Rollups;

/// <summary>
/// A table of aggregates: what stands in each of its columns, in words that do not depend on any plan, so that a part of a plan can be compared with it. Immutable.
/// </summary>
/// <param name="Name">As its author calls it.</param>
/// <param name="Relation">Its table.</param>
/// <param name="Root">The table whose rows it aggregates.</param>
/// <param name="Query">What fills it.</param>
/// <param name="Keys">Key columns by what they hold.</param>
/// <param name="Times">Of each time that is a key: the periods by which it is one, finest first.</param>
/// <param name="Parts">Aggregate columns by what they hold.</param>
public sealed record RollupTable(
    string Name,
    RelationName Relation,
    RelationName Root,
    AggregateNode Query,
    IReadOnlyDictionary<string, string> Keys,
    IReadOnlyDictionary<string, IReadOnlyList<(Grain Grain, string Column)>> Times,
    IReadOnlyDictionary<RollupPart, string> Parts
)
{
    /// <summary>The column that counts the rows that went into a row.</summary>
    public const string RowCount = "row_count";

    /// <summary>The tables that it is made from.</summary>
    public IReadOnlyList<RelationName> Reads { get; } = [.. Query.Relations.Distinct()];
}

/// <summary>What can be aggregated further: a sum of sums is a sum.</summary>
/// <param name="Aggregation">Sum, count, min, max or sum_boolean.</param>
/// <param name="Expression">SQL over the root's columns.</param>
public sealed record RollupPart(Aggregation Aggregation, string Expression)
{
    /// <summary>What a measure is computed from; empty if it cannot be computed from aggregates of parts of its rows.</summary>
    public static IReadOnlyList<RollupPart> Of(Measure measure) =>
        measure.Aggregation switch
        {
            Aggregation.Sum or Aggregation.Count or Aggregation.Min or Aggregation.Max or Aggregation.SumBoolean =>
            [
                new RollupPart(measure.Aggregation, measure.Expression),
            ],
            Aggregation.Average =>
            [
                new RollupPart(Aggregation.Sum, measure.Expression),
                new RollupPart(Aggregation.Count, measure.Expression),
            ],
            _ => [],
        };
}

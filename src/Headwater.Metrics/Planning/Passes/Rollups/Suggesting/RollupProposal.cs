using Headwater.Metrics.Requests;

namespace Headwater.Metrics.Planning.Passes.Rollups.Suggesting;

/// <summary>A question that was asked.</summary>
/// <param name="Times">How often it was answered by running it.</param>
/// <param name="Elapsed">Time of all of these together.</param>
public sealed record AskedQuestion(MetricRequest Request, long Times, TimeSpan Elapsed);

/// <summary>A rollup that could be declared.</summary>
public sealed record RollupProposal(IReadOnlyList<string> Metrics, IReadOnlyList<string> Dimensions, RollupTable Table)
{
    /// <summary>As an entry of <c>rollups:</c>.</summary>
    public string Yaml =>
        $"  - name: {Table.Name}\n    metrics: [{string.Join(", ", Metrics)}]\n    dimensions: [{string.Join(", ", Dimensions)}]";
}

/// <summary>A proposal with what it costs.</summary>
/// <param name="Rows">Rows of the rollup.</param>
/// <param name="RootRows">Rows that are read without it.</param>
public sealed record MeasuredProposal(RollupProposal Proposal, long Rows, long RootRows);

/// <summary>A rollup worth its room.</summary>
/// <param name="Served">The questions that it answers.</param>
/// <param name="Share">The part of the time of all questions that it saves, from 0 to 1, those chosen before it being there.</param>
public sealed record RollupSuggestion(MeasuredProposal Measured, IReadOnlyList<AskedQuestion> Served, double Share);

using Headwater.Metrics.Requests;

namespace Headwater.Query.Tests.Invariants;

/// <summary>What is asked of a star.</summary>
/// <param name="Shown">What the metrics are shown by.</param>
internal sealed record StarQuestion(
    IReadOnlyList<(FactTable Fact, Measure Measure)> Metrics,
    IReadOnlyList<Attribute> Shown,
    IReadOnlyList<Condition> Conditions
)
{
    public MetricRequest Request =>
        new(
            [.. Metrics.Select(item => item.Measure.Of(item.Fact))],
            [.. Shown.Select(attribute => attribute.Name)],
            [.. Conditions.Select(condition => condition.Text)],
            [],
            null
        );

    public override string ToString() =>
        $"{string.Join(", ", Request.Metrics)} by {string.Join(", ", Request.GroupBy)} where {string.Join(" and ", Request.Where)}";
}

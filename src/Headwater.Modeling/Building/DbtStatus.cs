using Headwater.Modeling.Graph;

namespace Headwater.Modeling.Building;

/// <summary>How a node ended, in dbt's words.</summary>
internal static class DbtStatus
{
    public static string Of(NodeOutcome outcome) =>
        outcome.Status switch
        {
            // Built in a transaction that was rolled back: for whoever reads or retries, it did not happen.
            NodeStatus.Success when outcome is { Node: RelationNode, IsPublished: false } => "skipped",
            NodeStatus.Success => outcome.Node is TestNode or UnitTestNode ? "pass" : "success",
            NodeStatus.Warned => "warn",
            NodeStatus.Failed => "fail",
            NodeStatus.Skipped => "skipped",
            _ when outcome is { IsPublished: true, Batches.IsPartial: true } => "partial success",
            _ => "error",
        };
}

using Headwater.Modeling.Graph;

namespace Headwater.Modeling.Building;

/// <summary>How a node ended, in dbt's words.</summary>
internal static class DbtStatus
{
    public static string Of(NodeOutcome outcome) =>
        outcome.Status switch
        {
            NodeStatus.Success => outcome.Node is TestNode or UnitTestNode ? "pass" : "success",
            NodeStatus.Warned => "warn",
            NodeStatus.Failed => "fail",
            NodeStatus.Skipped => "skipped",
            _ => "error",
        };
}

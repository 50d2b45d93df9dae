using Headwater.Modeling.Building;
using Headwater.Platform.Runs;
using Headwater.Sources.Landing;

namespace Headwater.Platform.Workspaces;

/// <summary>Results of modules as the run history keeps them.</summary>
internal static class NodeResults
{
    public static NodeResult Of(NodeOutcome outcome) =>
        new(
            outcome.Node.Name,
            outcome.Node.ResourceType,
            outcome.Status switch
            {
                NodeStatus.Success => RunState.Succeeded,
                NodeStatus.Warned => RunState.Warned,
                NodeStatus.Skipped => RunState.Skipped,
                _ => RunState.Failed,
            },
            outcome.Elapsed,
            outcome.Rows,
            outcome.Diagnostic?.Message ?? outcome.Reason
        );

    public static LandingResult Of(StreamLanding landing) =>
        new(
            landing.Source,
            landing.Stream,
            landing.Failed ? RunState.Failed
                : landing.RowsQuarantined > 0 ? RunState.Warned
                : RunState.Succeeded,
            landing.LandedAt,
            landing.Elapsed,
            landing.Files,
            landing.RowsRead,
            landing.RowsLanded,
            landing.RowsQuarantined,
            landing.Diagnostics.Count > 0 ? landing.Diagnostics[0].Message : null
        );
}

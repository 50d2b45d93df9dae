using Headwater.Kernel.Diagnostics;
using Headwater.Modeling.Graph;

namespace Headwater.Modeling.Building;

/// <summary>Runs the hooks that want no transaction, after the commit. One that fails takes nothing back.</summary>
internal static class LateHooks
{
    public static async ValueTask RunAsync(
        BuildRun run,
        NodeExecutor executor,
        IEnumerable<RelationNode> built,
        CancellationToken cancellationToken
    )
    {
        foreach (var node in built)
        {
            try
            {
                await executor.HooksAsync(node, "pre-hook", inTransaction: false, cancellationToken);
                await executor.HooksAsync(node, "post-hook", inTransaction: false, cancellationToken);
            }
            catch (DiagnosticException failure)
            {
                run.Diagnostics.AddRange(failure.Diagnostics);
            }
        }
    }
}

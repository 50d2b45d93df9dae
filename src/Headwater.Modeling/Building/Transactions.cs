using Headwater.Kernel.Diagnostics;
using Headwater.Warehouse.Port;

namespace Headwater.Modeling.Building;

/// <summary>How transactions of a build end badly.</summary>
internal static class Transactions
{
    /// <summary>Ends the transaction if the engine has not done so already.</summary>
    public static async ValueTask AbandonAsync(this IWarehouseConnection connection)
    {
        try
        {
            await connection.RollbackAsync(CancellationToken.None);
        }
        catch (WarehouseException)
        {
            // After a failed commit or a fatal error there is none left, which is what is wanted here.
        }
    }

    /// <summary>What went wrong outside any node: a conflict, a full disk.</summary>
    public static Diagnostic Diagnose(WarehouseException failure) =>
        failure.Failure == WarehouseFailure.Conflict
            ? ModelingDiagnostics.BuildConflict.With()
            : ModelingDiagnostics.BuildStopped.With(failure.Message);
}

using Headwater.Kernel.Diagnostics;
using Headwater.Modeling.Graph;
using Headwater.Warehouse.Port;

namespace Headwater.Modeling.Building;

/// <summary>Turns what the engine says about a node into a diagnostic at the node's place.</summary>
internal static class NodeDiagnosis
{
    public static Diagnostic Of(ManifestNode node, string sql, WarehouseException failure)
    {
        var descriptor =
            failure.Failure == WarehouseFailure.Statement
                ? ModelingDiagnostics.ModelSql
                : ModelingDiagnostics.ModelFailed;
        return descriptor.At(
            SqlPlaces.Of(node, sql, failure.Position),
            $"{node.ResourceType} '{node.Name}'",
            FirstParagraph(failure.Message)
        );
    }

    /// <summary>The same of a query that stands in no file.</summary>
    public static Diagnostic OfInline(WarehouseException failure) =>
        (
            failure.Failure == WarehouseFailure.Statement
                ? ModelingDiagnostics.ModelSql
                : ModelingDiagnostics.ModelFailed
        ).With("the inline query", FirstParagraph(failure.Message));

    // After its first lines the engine shows the statement, which the place in the file says better, and settings that are not the author's.
    private static string FirstParagraph(string message)
    {
        var ends = ((string[])["\n\nLINE ", "\nLINE ", "\nPossible fixes:"])
            .Select(mark => message.IndexOf(mark, StringComparison.Ordinal))
            .Where(end => end >= 0);
        return message[..ends.DefaultIfEmpty(message.Length).Min()].Trim();
    }
}

using Headwater.Modeling.Graph;
using Headwater.Warehouse.Port;

namespace Headwater.Modeling.Building;

/// <summary>Makes the schemas that nodes are built in, before and outside the transactions that fill them.</summary>
internal static class BuildSchemas
{
    public static async ValueTask CreateAsync(
        IWarehouseConnection connection,
        BuildRun run,
        IEnumerable<ManifestNode> nodes,
        CancellationToken cancellationToken
    )
    {
        var schemas = nodes
            .OfType<RelationNode>()
            .Select(node => node.Relation.Schema)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Where(run.KnownSchemas.Add)
            .ToList();
        foreach (var schema in schemas)
        {
            await connection.ExecuteAsync(run.Engine.CreateSchema(schema), cancellationToken);
        }
    }
}

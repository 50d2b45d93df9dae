using Headwater.Kernel.Names;
using Headwater.Modeling.Rendering;
using Headwater.Warehouse.Port;

namespace Headwater.Modeling.Materializations;

/// <summary>What is there before a node is built, and making way for it.</summary>
internal static class ExistingRelations
{
    /// <summary><c>table</c>, <c>view</c>, or null if there is none.</summary>
    public static async ValueTask<string?> TypeOfAsync(
        this IWarehouseConnection connection,
        RelationName name,
        CancellationToken cancellationToken
    )
    {
        var command = new SqlCommand(
            RelationLookup.FindSql,
            [new SqlParameter(name.Schema), new SqlParameter(name.Name)]
        );
        return RelationLookup.Found(await connection.QueryAsync(command, cancellationToken))?.Type;
    }

    public static async ValueTask<IReadOnlyList<(string Name, string Type)>> ColumnsOfAsync(
        this IWarehouseConnection connection,
        RelationName name,
        CancellationToken cancellationToken
    )
    {
        var command = new SqlCommand(
            RelationLookup.ColumnsSql,
            [new SqlParameter(name.Schema), new SqlParameter(name.Name)]
        );
        return [.. RelationLookup.Pairs(await connection.QueryAsync(command, cancellationToken))];
    }

    /// <summary>Rows of the table that was just made: the engine counts those of inserts alone.</summary>
    public static async ValueTask<long> CountAsync(this MaterializationJob job, CancellationToken cancellationToken)
    {
        var table = await job.Connection.QueryAsync($"SELECT count(*) FROM {job.QuotedName}", cancellationToken);
        return (long)table.Value(0, 0)!;
    }

    /// <summary>Drops a relation of the other type, which a replace would refuse.</summary>
    public static async ValueTask MakeWayAsync(
        this MaterializationJob job,
        string type,
        CancellationToken cancellationToken
    )
    {
        var existing = await job.Connection.TypeOfAsync(job.Node.Relation, cancellationToken);
        if (existing is not null && existing != type)
        {
            await job.Connection.ExecuteAsync($"DROP {existing} {job.QuotedName}", cancellationToken);
        }
    }
}

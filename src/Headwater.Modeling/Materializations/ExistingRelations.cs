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

    /// <summary>
    /// Runs a create-or-replace. It is refused where a relation of the other type stands: only then is looked what is there, because
    /// looking takes longer the more relations there are.
    /// </summary>
    public static async ValueTask ReplaceAsync(
        this MaterializationJob job,
        string type,
        string statement,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await job.ExecuteAsync(statement, cancellationToken);
        }
        catch (WarehouseException failure) when (failure.Failure == WarehouseFailure.Statement)
        {
            var existing = await job.Connection.TypeOfAsync(job.Node.Relation, cancellationToken);
            if (existing is null || existing == type)
            {
                throw;
            }

            await job.Connection.ExecuteAsync($"DROP {existing} {job.QuotedName}", cancellationToken);
            await job.ExecuteAsync(statement, cancellationToken);
        }
    }
}

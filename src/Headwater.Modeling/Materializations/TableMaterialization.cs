using Headwater.Modeling.Contracts;
using Headwater.Modeling.Engines;
using Headwater.Modeling.Graph;
using Headwater.Warehouse.Port;

namespace Headwater.Modeling.Materializations;

/// <summary>A table made anew from its query. With a contract, its columns and constraints are those declared.</summary>
internal sealed class TableMaterialization : IMaterialization
{
    public string Name => "table";

    public async ValueTask CheckAsync(MaterializationJob job, CancellationToken cancellationToken) =>
        await MakeAsync(job, job.TableOptions with { Empty = true }, cancellationToken);

    public async ValueTask<long?> BuildAsync(MaterializationJob job, CancellationToken cancellationToken)
    {
        return await job.RowsMadeAsync(await MakeAsync(job, job.TableOptions, cancellationToken), cancellationToken);
    }

    private static async ValueTask<long> MakeAsync(
        MaterializationJob job,
        TableOptions options,
        CancellationToken cancellationToken
    )
    {
        var indexes = job.Indexes;
        var contract = job.Node is ModelNode { HasContract: true } model
            ? await ModelContract.CheckAsync(job, model, cancellationToken)
            : null;
        var rows = await job.ReplaceAsync(
            RelationKind.Table,
            quoted => contract?.Statements(quoted, options) ?? [job.Engine.CreateTable(quoted, job.Sql, options)],
            cancellationToken
        );
        foreach (var statement in job.Engine.CreateIndexes(job.Node.Relation, job.QuotedName, indexes))
        {
            await job.Connection.ExecuteAsync(statement, cancellationToken);
        }

        return rows;
    }
}

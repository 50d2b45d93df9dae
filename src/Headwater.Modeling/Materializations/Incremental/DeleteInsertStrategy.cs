using Headwater.Kernel.Names;
using Headwater.Warehouse.Port;

namespace Headwater.Modeling.Materializations;

/// <summary>Rows whose key comes again are deleted, then the new ones are added. Several new rows may have one key.</summary>
internal sealed class DeleteInsertStrategy : IncrementalStrategy
{
    public override async ValueTask<long> AddAsync(
        MaterializationJob job,
        RelationName added,
        IReadOnlyList<string> columns,
        CancellationToken cancellationToken
    )
    {
        if (job.Node.Config.UniqueKey is { Count: > 0 } keys)
        {
            var conditions = new List<string>
            {
                $"EXISTS (SELECT 1 FROM {job.Engine.Quote(added)} AS {Added} WHERE {SameKey(job.Engine, keys)})",
            };
            conditions.AddRange(job.Node.Config.Texts("incremental_predicates").Select(text => $"({text})"));
            await job.Connection.ExecuteAsync(
                $"DELETE FROM {job.QuotedName} AS {Table} WHERE {string.Join(" AND ", conditions)}",
                cancellationToken
            );
        }

        return await InsertAsync(job, added, columns, cancellationToken);
    }
}

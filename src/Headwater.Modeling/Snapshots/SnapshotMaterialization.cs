using Headwater.Modeling.Engines;
using Headwater.Modeling.Graph;
using Headwater.Modeling.Materializations;
using Headwater.Warehouse.Port;

namespace Headwater.Modeling.Snapshots;

/// <summary>
/// A table that keeps what its query gave before (a slowly changing dimension of type 2): a row for each state of a key, with the time
/// from and to which it held.
/// </summary>
internal sealed class SnapshotMaterialization : IMaterialization
{
    public string Name => "snapshot";

    public async ValueTask CheckAsync(MaterializationJob job, CancellationToken cancellationToken)
    {
        if (job.Publication.Find(job.Node.Relation) is null)
        {
            await CreateAsync(job, new TableOptions(Empty: true), cancellationToken);
        }
        else
        {
            await job.ExecuteAsync($"EXPLAIN {job.Sql}", cancellationToken);
        }
    }

    public async ValueTask<long?> BuildAsync(MaterializationJob job, CancellationToken cancellationToken)
    {
        if (job.Publication.Find(job.Node.Relation) is null)
        {
            await CreateAsync(job, job.TableOptions, cancellationToken);
            return await job.CountAsync(cancellationToken);
        }

        return await AddAsync(job, cancellationToken);
    }

    private static async ValueTask CreateAsync(
        MaterializationJob job,
        TableOptions options,
        CancellationToken cancellationToken
    )
    {
        var sql = new SnapshotSql(job.Engine, (SnapshotNode)job.Node, job.Run.Clock.GetUtcNow());
        await job.ReplaceAsync(
            RelationKind.Table,
            quoted => [job.Engine.CreateTable(quoted, sql.First(job.Sql), options)],
            cancellationToken
        );
    }

    private static async ValueTask<long?> AddAsync(MaterializationJob job, CancellationToken cancellationToken)
    {
        var node = (SnapshotNode)job.Node;
        var sql = new SnapshotSql(job.Engine, node, job.Run.Clock.GetUtcNow());
        var query = await job.DescribeAsync(job.Sql, cancellationToken);
        var table = await job.ColumnsAsync(node.Relation, cancellationToken);
        var added = sql.Missing(query, table);
        await job.Publication.ChangeAsync(node.Relation, added.Count > 0, cancellationToken);
        foreach (var column in added)
        {
            await job.Connection.ExecuteAsync(
                job.Engine.AddColumn(job.QuotedName, column.Name, column.Type),
                cancellationToken
            );
        }

        await job.ExecuteAsync(sql.ReadNow(job.Sql), cancellationToken);
        var rows = 0L;
        foreach (var statement in sql.Changes(job.QuotedName, query))
        {
            rows += statement.CountsRows
                ? await job.Connection.ExecuteAsync(statement.Text, cancellationToken)
                : await Uncounted(job, statement.Text, cancellationToken);
        }

        return rows;
    }

    private static async ValueTask<long> Uncounted(
        MaterializationJob job,
        string statement,
        CancellationToken cancellationToken
    )
    {
        await job.Connection.ExecuteAsync(statement, cancellationToken);
        return 0;
    }
}

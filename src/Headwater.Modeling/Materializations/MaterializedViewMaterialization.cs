using Headwater.Modeling.Engines;
using Headwater.Warehouse.Port;

namespace Headwater.Modeling.Materializations;

/// <summary>
/// A materialized view. It is made anew by every build: a refresh would keep readers waiting, and the tables that it reads may be others
/// now.
/// </summary>
internal sealed class MaterializedViewMaterialization : IMaterialization
{
    public string Name => "materialized_view";

    public ValueTask CheckAsync(MaterializationJob job, CancellationToken cancellationToken)
    {
        Require(job);
        return ValueTask.CompletedTask;
    }

    public async ValueTask<long?> BuildAsync(MaterializationJob job, CancellationToken cancellationToken)
    {
        var engine = Require(job);
        await job.ReplaceAsync(
            RelationKind.MaterializedView,
            quoted => [PostgresEngine.CreateMaterializedView(quoted, job.Sql)],
            cancellationToken
        );
        foreach (var statement in engine.CreateIndexes(job.Node.Relation, job.QuotedName, job.Indexes))
        {
            await job.Connection.ExecuteAsync(statement, cancellationToken);
        }

        return await job.CountAsync(cancellationToken);
    }

    private static PostgresEngine Require(MaterializationJob job) =>
        job.Engine as PostgresEngine
        ?? throw ModelingDiagnostics
            .NoMaterializedViews.At(job.Node.Location.OrStart(), job.Node.Name, job.Engine.Dialect.Name)
            .ToException();
}

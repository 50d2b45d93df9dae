using Headwater.Kernel.Names;
using Headwater.Modeling.Building;
using Headwater.Modeling.Contracts;
using Headwater.Modeling.Engines;
using Headwater.Modeling.Graph;
using Headwater.Warehouse.Port;

namespace Headwater.Modeling.Materializations;

/// <summary>
/// A table that keeps its rows and takes in those of its query, as its strategy says. Changed in place, which no reader sees before the
/// commit; only where its columns change, a copy takes its place.
/// </summary>
internal sealed class IncrementalMaterialization : IMaterialization
{
    /// <summary>The strategies that every engine has; projects define more by macros <c>get_incremental_NAME_sql</c>.</summary>
    public static readonly IReadOnlyList<string> Strategies = ["append", "delete+insert", "merge", "microbatch"];

    public string Name => "incremental";

    public async ValueTask CheckAsync(MaterializationJob job, CancellationToken cancellationToken)
    {
        if (StartsAnew(job))
        {
            await new TableMaterialization().CheckAsync(job, cancellationToken);
        }
        else
        {
            await job.ExecuteAsync($"EXPLAIN {job.Sql}", cancellationToken);
        }
    }

    public async ValueTask<long?> BuildAsync(MaterializationJob job, CancellationToken cancellationToken)
    {
        var startsAnew = StartsAnew(job);
        if (await job.Run.Logic.DemandsAnewAsync(job, startsAnew, cancellationToken))
        {
            startsAnew = true;
            var compiled = await Task.Run(() => job.Compiler.Compile(job.Node, CompileScope.Anew), cancellationToken);
            job = job with { Sql = compiled.Sql };
        }

        if (IncrementalStrategy.NameOf(job) == "microbatch")
        {
            return await new Microbatch(job).BuildAsync(startsAnew, cancellationToken);
        }

        return startsAnew
            ? await new TableMaterialization().BuildAsync(job, cancellationToken)
            : await AddAsync(job, cancellationToken);
    }

    private static bool StartsAnew(MaterializationJob job) =>
        job.FullRefresh || job.Publication.Find(job.Node.Relation)?.Kind != RelationKind.Table;

    private static async ValueTask<long?> AddAsync(MaterializationJob job, CancellationToken cancellationToken)
    {
        if (job.Node is ModelNode { HasContract: true } model)
        {
            await ModelContract.CheckAsync(job, model, cancellationToken);
        }

        var added = new RelationName("", job.Engine.Fit(job.Node.Relation.Name + "__dbt_tmp"));
        var quoted = job.Engine.Quote(added);
        await job.ExecuteAsync(
            job.Engine.CreateTemporary(quoted, job.Sql) + (job.Run.Options.Empty ? " WITH NO DATA" : ""),
            cancellationToken
        );
        var change = SchemaChange.Between(
            job,
            await job.ColumnsAsync(job.Node.Relation, cancellationToken),
            await job.ColumnsAsync(added, cancellationToken)
        );
        await job.Publication.ChangeAsync(job.Node.Relation, change.ChangesTable, cancellationToken);
        await change.ApplyAsync(job, cancellationToken);
        var rows = await IncrementalStrategy.Of(job).AddAsync(job, added, change.Columns, cancellationToken);
        await job.Connection.ExecuteAsync(WarehouseEngine.Drop(RelationKind.Table, quoted), cancellationToken);
        return rows;
    }
}

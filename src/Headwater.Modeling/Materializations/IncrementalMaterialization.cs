using Headwater.Kernel.Names;
using Headwater.Warehouse.Port;

namespace Headwater.Modeling.Materializations;

/// <summary>A table that keeps its rows and gets those of its query added; rows with the same unique key are replaced.</summary>
internal sealed class IncrementalMaterialization : IMaterialization
{
    /// <summary>Accepted strategies. <c>merge</c> replaces whole rows, as <c>delete+insert</c> does.</summary>
    public static readonly IReadOnlyList<string> Strategies = ["append", "delete+insert", "merge"];

    public string Name => "incremental";

    public async ValueTask CheckAsync(MaterializationJob job, CancellationToken cancellationToken)
    {
        if (await StartsAnewAsync(job, cancellationToken))
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
        if (await StartsAnewAsync(job, cancellationToken))
        {
            return await new TableMaterialization().BuildAsync(job, cancellationToken);
        }

        var added = new RelationName(job.Node.Relation.Schema, $"__hw_added_{job.Node.Relation.Name}");
        var quoted = $"{job.Dialect.Quote(added.Schema)}.{job.Dialect.Quote(added.Name)}";
        await job.ExecuteAsync($"CREATE OR REPLACE TABLE {quoted} AS (\n{job.Sql}\n)", cancellationToken);
        var columns = await SchemaChangeModes.ApplyAsync(
            job,
            await job.Connection.ColumnsOfAsync(job.Node.Relation, cancellationToken),
            await job.Connection.ColumnsOfAsync(added, cancellationToken),
            cancellationToken
        );
        var keys = job.Node.Config.UniqueKey;
        if (keys.Count > 0 && job.Node.Config.Text("incremental_strategy") != "append")
        {
            await job.ExecuteAsync(DeleteReplaced(job, quoted, keys), cancellationToken);
        }

        var list = string.Join(", ", columns.Select(job.Dialect.Quote));
        var rows = await job.ExecuteAsync(
            $"INSERT INTO {job.QuotedName} ({list}) SELECT {list} FROM {quoted}",
            cancellationToken
        );
        await job.ExecuteAsync($"DROP TABLE {quoted}", cancellationToken);
        return rows;
    }

    private static async ValueTask<bool> StartsAnewAsync(MaterializationJob job, CancellationToken cancellationToken) =>
        (job.Node.Config.Flag("full_refresh") ?? job.FullRefresh)
        || await job.Connection.TypeOfAsync(job.Node.Relation, cancellationToken) != "table";

    private static string DeleteReplaced(MaterializationJob job, string added, IReadOnlyList<string> keys)
    {
        // A key can be an expression, so only plain names are quoted.
        var matches = keys.Select(key =>
            key.All(character => char.IsAsciiLetterOrDigit(character) || character == '_')
                ? $"kept.{job.Dialect.Quote(key)} = added.{job.Dialect.Quote(key)}"
                : $"kept.{key} = added.{key}"
        );
        var conditions = matches.Concat(job.Node.Config.Texts("incremental_predicates"));
        return $"DELETE FROM {job.QuotedName} AS kept USING {added} AS added WHERE {string.Join(" AND ", conditions)}";
    }
}

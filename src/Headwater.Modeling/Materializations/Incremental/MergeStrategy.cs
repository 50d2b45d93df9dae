using Headwater.Kernel.Names;
using Headwater.Warehouse.Port;

namespace Headwater.Modeling.Materializations;

/// <summary>
/// SQL's MERGE: rows whose key comes again are updated, in all columns or those configured, the others inserted. Two new rows of one key
/// are refused where the engine refuses them.
/// </summary>
internal sealed class MergeStrategy : IncrementalStrategy
{
    public override ValueTask<long> AddAsync(
        MaterializationJob job,
        RelationName added,
        IReadOnlyList<string> columns,
        CancellationToken cancellationToken
    )
    {
        var config = job.Node.Config;
        var conditions = config.Texts("incremental_predicates").Select(text => $"({text})").ToList();
        conditions.Add(config.UniqueKey.Count > 0 ? SameKey(job.Engine, config.UniqueKey) : "FALSE");
        var updated = Updated(job, columns);
        var update =
            config.UniqueKey.Count > 0 && updated.Count > 0
                ? $"\nWHEN MATCHED THEN UPDATE SET {string.Join(", ", updated.Select(name => $"{job.Engine.Quote(name)} = {Added}.{job.Engine.Quote(name)}"))}"
                : "";
        var values = string.Join(", ", columns.Select(name => $"{Added}.{job.Engine.Quote(name)}"));
        return job.Connection.ExecuteAsync(
            $"MERGE INTO {job.QuotedName} AS {Table} USING {job.Engine.Quote(added)} AS {Added}\n"
                + $"ON {string.Join(" AND ", conditions)}{update}\n"
                + $"WHEN NOT MATCHED THEN INSERT ({job.Engine.Columns(columns)}) VALUES ({values})",
            cancellationToken
        );
    }

    private static List<string> Updated(MaterializationJob job, IReadOnlyList<string> columns)
    {
        var only = job.Node.Config.Texts("merge_update_columns").ToHashSet(StringComparer.OrdinalIgnoreCase);
        var not = job.Node.Config.Texts("merge_exclude_columns").ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [.. columns.Where(name => only.Count > 0 ? only.Contains(name) : !not.Contains(name))];
    }
}

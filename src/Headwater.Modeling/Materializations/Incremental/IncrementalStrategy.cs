using Headwater.Kernel.Names;
using Headwater.Modeling.Engines;
using Headwater.Warehouse.Port;

namespace Headwater.Modeling.Materializations;

/// <summary>How new rows come into an incremental table. One class a strategy.</summary>
internal abstract class IncrementalStrategy
{
    /// <summary>What predicates call the table, and the new rows, as dbt does.</summary>
    protected const string Table = "DBT_INTERNAL_DEST";

    protected const string Added = "DBT_INTERNAL_SOURCE";

    /// <summary>Takes in the rows of a temporary table.</summary>
    /// <param name="added">The temporary table.</param>
    /// <param name="columns">The columns to fill.</param>
    /// <returns>Rows changed by the last statement.</returns>
    public abstract ValueTask<long> AddAsync(
        MaterializationJob job,
        RelationName added,
        IReadOnlyList<string> columns,
        CancellationToken cancellationToken
    );

    /// <summary>The configured strategy; without one, rows are appended, or replaced by their key if there is one.</summary>
    public static string NameOf(MaterializationJob job) =>
        job.Node.Config.Text("incremental_strategy") is { } given and not "default" ? given
        : job.Node.Config.UniqueKey.Count > 0 ? "delete+insert"
        : "append";

    public static IncrementalStrategy Of(MaterializationJob job)
    {
        var name = NameOf(job);
        if (MacroStrategy.Find(job, name) is { } own)
        {
            return own;
        }

        return name switch
        {
            "merge" => new MergeStrategy(),
            "delete+insert" => new DeleteInsertStrategy(),
            _ => new AppendStrategy(),
        };
    }

    protected static ValueTask<long> InsertAsync(
        MaterializationJob job,
        RelationName added,
        IReadOnlyList<string> columns,
        CancellationToken cancellationToken
    ) =>
        job.Connection.ExecuteAsync(
            job.Engine.Insert(
                job.QuotedName,
                columns,
                $"SELECT {job.Engine.Columns(columns)} FROM {job.Engine.Quote(added)}"
            ),
            cancellationToken
        );

    /// <summary>That the rows have the same key. A key can be an expression, so only plain names are quoted.</summary>
    protected static string SameKey(WarehouseEngine engine, IReadOnlyList<string> keys) =>
        string.Join(
            " AND ",
            keys.Select(key =>
                key.All(character => char.IsAsciiLetterOrDigit(character) || character == '_')
                    ? $"{Table}.{engine.Quote(key)} = {Added}.{engine.Quote(key)}"
                    : $"{Table}.{key} = {Added}.{key}"
            )
        );
}

/// <summary>New rows are added; none is looked for.</summary>
internal sealed class AppendStrategy : IncrementalStrategy
{
    public override ValueTask<long> AddAsync(
        MaterializationJob job,
        RelationName added,
        IReadOnlyList<string> columns,
        CancellationToken cancellationToken
    ) => InsertAsync(job, added, columns, cancellationToken);
}

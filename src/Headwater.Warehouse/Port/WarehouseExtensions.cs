using Headwater.Warehouse.Results;

namespace Headwater.Warehouse.Port;

/// <summary>What callers of the port do all the time, in one word.</summary>
internal static class WarehouseExtensions
{
    public static ValueTask<long> ExecuteAsync(
        this IWarehouseConnection connection,
        string sql,
        CancellationToken cancellationToken
    ) => connection.ExecuteAsync(new SqlCommand(sql), cancellationToken);

    /// <summary>Reads a whole result. Only for results whose size the caller bounds by the statement itself.</summary>
    public static async ValueTask<ResultTable> QueryAsync(
        this IWarehouseConnection connection,
        SqlCommand command,
        CancellationToken cancellationToken
    )
    {
        var reader = await connection.ReadAsync(command, cancellationToken);
        await using (reader)
        {
            var batches = new List<Batch>();
            await foreach (var batch in reader.ReadBatchesAsync(cancellationToken))
            {
                batches.Add(batch);
            }

            return new ResultTable(reader.Columns, batches);
        }
    }

    public static ValueTask<ResultTable> QueryAsync(
        this IWarehouseConnection connection,
        string sql,
        CancellationToken cancellationToken
    ) => connection.QueryAsync(new SqlCommand(sql), cancellationToken);
}

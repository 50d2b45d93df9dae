using Headwater.Sources.Formats;
using Headwater.Sql.Dialects;
using Headwater.Warehouse.Port;

namespace Headwater.Sources.Landing.Tables;

/// <summary>The rows of a stream's raw table, each with the file that it is from. Within the caller's transaction.</summary>
internal sealed class TargetRows(IWarehouseConnection connection, SqlDialect dialect, TargetTable table)
{
    /// <summary>Adds rows of a file.</summary>
    /// <param name="place">What is written beside every row.</param>
    /// <param name="columns">The file's columns.</param>
    /// <param name="values">SQL of each column's value, in the order of the columns.</param>
    /// <param name="number">SQL of a row's number within its file, from 1 on.</param>
    /// <param name="from">The FROM clause, and what follows it, that the values are read from.</param>
    /// <returns>Rows.</returns>
    /// <exception cref="WarehouseException">The engine failed, or a value did not fit its column.</exception>
    public ValueTask<long> InsertAsync(
        LandingPlace place,
        IReadOnlyList<FileColumn> columns,
        IEnumerable<string> values,
        string number,
        string from,
        CancellationToken cancellationToken
    )
    {
        var names = string.Join(", ", columns.Select(column => dialect.Quote(column.Name)));
        return connection.ExecuteAsync(
            new SqlCommand(
                $"""
                INSERT INTO {table.Sql} ({names}, _hw_file, _hw_row, _hw_loaded_at, _hw_batch)
                SELECT {string.Join(", ", values)}, $1, {number}, $2, $3 {from}
                """,
                [new(place.File), new(place.LoadedAt), new(place.Batch)]
            ),
            cancellationToken
        );
    }

    /// <summary>
    /// Numbers the rows of a file that was just added, in its order. While adding, that would take a window, and with it all but one thread; the rows of a
    /// transaction that is still open have ids in the order of the file already, so that one column has to be written once more.
    /// </summary>
    /// <exception cref="WarehouseException">The engine failed.</exception>
    public async ValueTask NumberAsync(LandingPlace place, CancellationToken cancellationToken)
    {
        var ids = await connection.QueryAsync(
            new SqlCommand(
                $"SELECT min(rowid), max(rowid), count(*) FROM {table.Sql} WHERE _hw_file = $1 AND _hw_batch = $2 AND _hw_row IS NULL",
                [new(place.File), new(place.Batch)]
            ),
            cancellationToken
        );
        if (ids.Value(0, 0) is not long first)
        {
            return;
        }

        var (last, count) = ((long)ids.Value(0, 1)!, (long)ids.Value(0, 2)!);
        if (last - first + 1 != count)
        {
            throw new InvalidOperationException("The engine gives the rows of one statement ids with gaps.");
        }

        await connection.ExecuteAsync(
            new SqlCommand(
                $"UPDATE {table.Sql} SET _hw_row = rowid - $1 + 1 WHERE rowid BETWEEN $1 AND $2",
                [new(first), new(last)]
            ),
            cancellationToken
        );
    }

    /// <summary>Follows a file to another name.</summary>
    public async ValueTask RenameAsync(string file, string name, CancellationToken cancellationToken) =>
        await connection.ExecuteAsync(
            new SqlCommand($"UPDATE {table.Sql} SET _hw_file = $2 WHERE _hw_file = $1", [new(file), new(name)]),
            cancellationToken
        );

    /// <summary>Drops the rows of a file.</summary>
    public async ValueTask RemoveAsync(string file, CancellationToken cancellationToken) =>
        await connection.ExecuteAsync(
            new SqlCommand($"DELETE FROM {table.Sql} WHERE _hw_file = $1", [new(file)]),
            cancellationToken
        );
}

using Headwater.Kernel.Names;
using Headwater.Sql.Dialects;
using Headwater.Warehouse.Port;
using Headwater.Warehouse.Results;
using Npgsql;

namespace Headwater.Warehouse.Postgres.Writing;

/// <summary>
/// Appends batches by <c>COPY … FROM STDIN (FORMAT binary)</c>, the fastest way in (PostgreSQL documentation, "COPY", "Binary Format"). One statement: all rows or none.
/// </summary>
internal static class TableCopy
{
    private const int SendBytes = 1 << 18;

    /// <returns>Rows appended.</returns>
    public static async ValueTask<long> AppendAsync(
        NpgsqlConnection connection,
        RelationName table,
        IAsyncEnumerable<Batch> batches,
        CancellationToken cancellationToken
    )
    {
        var dialect = PostgresDialect.Instance;
        var target = $"{dialect.Quote(table.Schema)}.{dialect.Quote(table.Name)}";
        var columns = await ColumnsAsync(connection, target, cancellationToken);
        long rows = 0;
        var stream = await connection.BeginRawBinaryCopyAsync(
            $"COPY {target} FROM STDIN (FORMAT binary)",
            cancellationToken
        );
        try
        {
            var buffer = new CopyBuffer();
            WriteHeader(buffer);
            await foreach (var batch in batches.WithCancellation(cancellationToken))
            {
                var writers = WritersFor(batch, columns, target);
                for (var row = 0; row < batch.RowCount; row++)
                {
                    WriteRow(buffer, batch, writers, row);
                    if (buffer.Length >= SendBytes)
                    {
                        await SendAsync(stream, buffer, cancellationToken);
                    }
                }

                rows += batch.RowCount;
            }

            buffer.Int16(-1);
            await SendAsync(stream, buffer, cancellationToken);
        }
        catch
        {
            // Closing it otherwise would commit what was sent.
            await stream.CancelAsync();
            await stream.DisposeAsync();
            throw;
        }

        await stream.DisposeAsync();
        return rows;
    }

    // The signature, flags, and the length of an extension that is not there.
    private static void WriteHeader(CopyBuffer buffer)
    {
        buffer.Bytes("PGCOPY\n"u8);
        buffer.Bytes([0xFF, (byte)'\r', (byte)'\n', 0]);
        buffer.Int32(0);
        buffer.Int32(0);
    }

    private static void WriteRow(CopyBuffer buffer, Batch batch, ValueWriter[] writers, int row)
    {
        buffer.Int16((short)writers.Length);
        for (var index = 0; index < writers.Length; index++)
        {
            if (batch.Columns[index].IsNull(row))
            {
                buffer.Int32(-1);
            }
            else
            {
                writers[index](buffer, row);
            }
        }
    }

    private static async ValueTask SendAsync(
        NpgsqlRawCopyStream stream,
        CopyBuffer buffer,
        CancellationToken cancellationToken
    )
    {
        await stream.WriteAsync(buffer.Written, cancellationToken);
        buffer.Clear();
    }

    private static ValueWriter[] WritersFor(
        Batch batch,
        IReadOnlyList<(string Name, uint Oid)> columns,
        string target
    ) =>
        batch.Columns.Count == columns.Count
            ?
            [
                .. batch.Columns.Select(
                    (column, index) => ValueWriters.For(column, columns[index].Oid, columns[index].Name)
                ),
            ]
            : throw new WarehouseException(
                WarehouseFailure.Statement,
                $"The table {target} has {columns.Count} columns, the rows have {batch.Columns.Count}."
            );

    private static async ValueTask<IReadOnlyList<(string Name, uint Oid)>> ColumnsAsync(
        NpgsqlConnection connection,
        string target,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand($"SELECT * FROM {target} LIMIT 0", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return
        [
            .. Enumerable
                .Range(0, reader.FieldCount)
                .Select(index => (reader.GetName(index), reader.GetDataTypeOID(index))),
        ];
    }
}

using Headwater.DuckDb.Database;
using Headwater.DuckDb.Errors;
using Headwater.DuckDb.Types;
using Headwater.Sql.Dialects;
using Headwater.Warehouse.Results;
using Headwater.Warehouse.Writers;

namespace Headwater.Warehouse.DuckDb;

/// <summary>
/// Writes a result as Parquet: rows go into a temporary table, from there into a file in the spool folder, from there to the caller.
/// The engine spills the table to disk where memory is short.
/// </summary>
internal sealed class ParquetExport(DuckDbDatabase database, string spoolFolder)
{
    private const string Table = "parquet_export";

    public async ValueTask WriteAsync(
        IReadOnlyList<ResultColumn> columns,
        IAsyncEnumerable<Batch> batches,
        Stream output,
        CancellationToken cancellationToken
    )
    {
        var path = Path.Combine(spoolFolder, $"{Guid.NewGuid():N}.parquet");
        try
        {
            await FillAsync(columns, batches, path, cancellationToken);
            await using var file = File.OpenRead(path);
            await file.CopyToAsync(output, cancellationToken);
        }
        catch (DuckDbException error)
        {
            throw error.ToWarehouse();
        }
        finally
        {
            File.Delete(path);
        }
    }

    private async Task FillAsync(
        IReadOnlyList<ResultColumn> columns,
        IAsyncEnumerable<Batch> batches,
        string path,
        CancellationToken cancellationToken
    )
    {
        using var connection = database.Connect();
        var fields = columns.Select((column, index) => $"c{index} {DuckDbTypes.ToSql(column.Type)}");
        connection.Execute($"CREATE TEMP TABLE {Table} ({string.Join(", ", fields)})");
        using (var appender = new BatchAppender(connection.Append("temp", "main", Table)))
        {
            await foreach (var batch in batches.WithCancellation(cancellationToken))
            {
                await Task.Run(() => appender.Append(batch), cancellationToken);
            }

            await Task.Run(appender.Complete, cancellationToken);
        }

        using var copy = connection.Prepare(CopySql(columns, path));
        await Task.Run(() => copy.Execute(cancellationToken).Dispose(), cancellationToken);
    }

    private static string CopySql(IReadOnlyList<ResultColumn> columns, string path)
    {
        var dialect = DuckDbDialect.Instance;
        var names = UniqueNames.Of(columns);
        var list = columns.Select(
            (column, index) => $"{Portable($"c{index}", column.Type)} AS {dialect.Quote(names[index])}"
        );
        return $"COPY (SELECT {string.Join(", ", list)} FROM {Table}) TO {dialect.Literal(path)} (FORMAT parquet, COMPRESSION zstd)";
    }

    // Parquet has no 128-bit integers: the engine would write doubles. Nor has it bit strings and times with an offset.
    private static string Portable(string column, ColumnType type) =>
        type.Kind switch
        {
            TypeKind.Int128 or TypeKind.UInt128 => $"{column}::DECIMAL(38, 0)",
            TypeKind.Bit or TypeKind.TimeTz => $"{column}::VARCHAR",
            _ => column,
        };
}

using Headwater.Sources.Files;
using Headwater.Warehouse.Port;

namespace Headwater.Sources.Landing.Tables;

/// <summary>A file as it was landed.</summary>
internal sealed record LandedFile(string Name, string Hash, long Bytes, DateTimeOffset ModifiedAt);

/// <summary>The table <c>_headwater.landed_files</c>: which files of a stream the table holds. Written in the transaction that lands them.</summary>
internal static class LandedFiles
{
    private const string Table = "_headwater.landed_files";

    public static async ValueTask EnsureAsync(IWarehouseConnection connection, CancellationToken cancellationToken) =>
        await connection.ExecuteAsync(
            $"""
            CREATE SCHEMA IF NOT EXISTS _headwater;
            CREATE TABLE IF NOT EXISTS {Table} (
                source_name text NOT NULL,
                stream_name text NOT NULL,
                file_name text NOT NULL,
                hash text NOT NULL,
                bytes bigint NOT NULL,
                modified_at timestamptz NOT NULL,
                batch text NOT NULL,
                rows_read bigint NOT NULL,
                rows_landed bigint NOT NULL,
                rows_quarantined bigint NOT NULL,
                landed_at timestamptz NOT NULL
            );
            """,
            cancellationToken
        );

    public static async ValueTask<List<LandedFile>> ReadAsync(
        IWarehouseConnection connection,
        string source,
        string stream,
        CancellationToken cancellationToken
    )
    {
        var table = await connection.QueryAsync(
            new SqlCommand(
                $"SELECT file_name, hash, bytes, modified_at FROM {Table} WHERE source_name = $1 AND stream_name = $2",
                [new(source), new(stream)]
            ),
            cancellationToken
        );
        var files = new List<LandedFile>();
        for (long row = 0; row < table.RowCount; row++)
        {
            files.Add(
                new LandedFile(
                    (string)table.Value(row, 0)!,
                    (string)table.Value(row, 1)!,
                    (long)table.Value(row, 2)!,
                    new DateTimeOffset((DateTime)table.Value(row, 3)!)
                )
            );
        }

        return files;
    }

    public static async ValueTask AddAsync(
        IWarehouseConnection connection,
        string source,
        string stream,
        SourceFile file,
        Guid batch,
        FileCounts counts,
        DateTimeOffset landedAt,
        CancellationToken cancellationToken
    ) =>
        await connection.ExecuteAsync(
            new SqlCommand(
                $"INSERT INTO {Table} VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
                [
                    new(source),
                    new(stream),
                    new(file.Name),
                    new(await file.Survey.HashAsync(cancellationToken)),
                    new(file.Info.Length),
                    new(new DateTimeOffset(file.Info.LastWriteTimeUtc)),
                    new(batch.ToString()),
                    new(counts.Read),
                    new(counts.Landed),
                    new(counts.Quarantined),
                    new(landedAt),
                ]
            ),
            cancellationToken
        );

    /// <summary>Gives a landed file another name.</summary>
    public static async ValueTask RenameAsync(
        IWarehouseConnection connection,
        string source,
        string stream,
        string file,
        string name,
        CancellationToken cancellationToken
    ) =>
        await connection.ExecuteAsync(
            new SqlCommand(
                $"UPDATE {Table} SET file_name = $4 WHERE source_name = $1 AND stream_name = $2 AND file_name = $3",
                [new(source), new(stream), new(file), new(name)]
            ),
            cancellationToken
        );

    /// <summary>Forgets one file, or all of a stream.</summary>
    public static async ValueTask RemoveAsync(
        IWarehouseConnection connection,
        string source,
        string stream,
        string? file,
        CancellationToken cancellationToken
    ) =>
        await connection.ExecuteAsync(
            new SqlCommand(
                $"DELETE FROM {Table} WHERE source_name = $1 AND stream_name = $2 AND ($3 IS NULL OR file_name = $3)",
                [new(source), new(stream), new(file, new(Warehouse.Results.TypeKind.Text))]
            ),
            cancellationToken
        );
}

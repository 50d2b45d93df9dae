using Headwater.Kernel.Names;
using Headwater.Project.Resources.Sources;
using Headwater.Sources.Formats;
using Headwater.Sources.Types;
using Headwater.Sql.Dialects;
using Headwater.Warehouse.Port;

namespace Headwater.Sources.Landing.Tables;

/// <summary>The raw table of a stream: the file's columns as they come, then where each row is from.</summary>
internal sealed class TargetTable(IWarehouseConnection connection, SqlDialect dialect, RelationName name)
{
    /// <summary>Prefix of the columns that landing adds.</summary>
    public const string OwnPrefix = "_hw_";

    /// <summary>Its name as SQL.</summary>
    public string Sql { get; } = $"{dialect.Quote(name.Schema)}.{dialect.Quote(name.Name)}";

    /// <summary>The columns of the files so far and their types; empty if there is no table yet.</summary>
    public async ValueTask<Dictionary<string, string>> ReadColumnsAsync(CancellationToken cancellationToken)
    {
        var table = await connection.QueryAsync(
            new SqlCommand(
                """
                SELECT column_name, data_type FROM information_schema.columns
                WHERE table_catalog = current_database() AND table_schema = $1 AND table_name = $2 ORDER BY ordinal_position
                """,
                [new(name.Schema), new(name.Name)]
            ),
            cancellationToken
        );
        var columns = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        for (long row = 0; row < table.RowCount; row++)
        {
            var column = (string)table.Value(row, 0)!;
            if (!column.StartsWith(OwnPrefix, StringComparison.OrdinalIgnoreCase))
            {
                columns[column] = (string)table.Value(row, 1)!;
            }
        }

        return columns;
    }

    /// <summary>Columns of type text that no row has a value in: what they are has yet to be seen.</summary>
    public async ValueTask<HashSet<string>> ReadUntypedAsync(CancellationToken cancellationToken)
    {
        var untyped = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (column, type) in await ReadColumnsAsync(cancellationToken))
        {
            if (type == ColumnTypes.Text)
            {
                var found = await connection.QueryAsync(
                    $"SELECT 1 FROM {Sql} WHERE {dialect.Quote(column)} IS NOT NULL LIMIT 1",
                    cancellationToken
                );
                if (found.RowCount == 0)
                {
                    untyped.Add(column);
                }
            }
        }

        return untyped;
    }

    /// <summary>Empties it, keeping its columns. (Deleting would do, but the engine allows no change of columns after it in one transaction.)</summary>
    public async ValueTask RecreateAsync(CancellationToken cancellationToken)
    {
        var known = await ReadColumnsAsync(cancellationToken);
        if (known.Count > 0)
        {
            await CreateAsync(known.Select(column => (column.Key, column.Value)), cancellationToken);
        }
    }

    private async ValueTask CreateAsync(
        IEnumerable<(string Name, string Type)> columns,
        CancellationToken cancellationToken
    )
    {
        var definitions = columns.Select(column => $"{dialect.Quote(column.Name)} {column.Type}");
        await connection.ExecuteAsync(
            $"""
            CREATE SCHEMA IF NOT EXISTS {dialect.Quote(name.Schema)};
            CREATE OR REPLACE TABLE {Sql} ({string.Join(", ", definitions)},
                {OwnPrefix}file VARCHAR, {OwnPrefix}row BIGINT, {OwnPrefix}loaded_at TIMESTAMPTZ, {OwnPrefix}batch UUID);
            """,
            cancellationToken
        );
    }

    /// <summary>Makes the table fit a file: created, columns added, types widened. Within the caller's transaction.</summary>
    /// <param name="file">For messages.</param>
    /// <param name="stream">For messages.</param>
    /// <param name="columns">The file's columns.</param>
    /// <param name="untyped">Columns that take the file's type, whatever they are.</param>
    /// <param name="changes">What is allowed.</param>
    /// <exception cref="Kernel.Diagnostics.DiagnosticException">HW3007.</exception>
    public async ValueTask FitAsync(
        string file,
        string stream,
        IReadOnlyList<FileColumn> columns,
        HashSet<string> untyped,
        SchemaChanges changes,
        CancellationToken cancellationToken
    )
    {
        var known = await ReadColumnsAsync(cancellationToken);
        if (known.Count == 0)
        {
            await CreateAsync(columns.Select(column => (column.Name, column.Type)), cancellationToken);
            return;
        }

        foreach (var column in columns)
        {
            var change = Change(column, known, untyped);
            if (change is null)
            {
                continue;
            }

            if (changes == SchemaChanges.Freeze)
            {
                throw SourceDiagnostics.SchemaFrozen.With(file, stream, change.Value.Words).ToException();
            }

            await connection.ExecuteAsync($"ALTER TABLE {Sql} {change.Value.Sql}", cancellationToken);
        }
    }

    private (string Sql, string Words)? Change(
        FileColumn column,
        Dictionary<string, string> known,
        HashSet<string> untyped
    )
    {
        var quoted = dialect.Quote(column.Name);
        if (!known.TryGetValue(column.Name, out var type))
        {
            return ($"ADD COLUMN {quoted} {column.Type}", $"it has a new column '{column.Name}'");
        }

        var common = untyped.Contains(column.Name) ? column.Type : ColumnTypes.Common(type, column.Type);
        return common == type
            ? null
            : (
                $"ALTER COLUMN {quoted} TYPE {common}",
                $"'{column.Name}' is {column.Type.ToLowerInvariant()} in it and {type.ToLowerInvariant()} in the table"
            );
    }
}

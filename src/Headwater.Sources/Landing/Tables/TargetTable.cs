using Headwater.Kernel.Names;
using Headwater.Project.Resources.Sources;
using Headwater.Sources.Formats;
using Headwater.Sources.Types;
using Headwater.Warehouse.Port;

namespace Headwater.Sources.Landing.Tables;

/// <summary>The raw table of a stream: the file's columns as they come, then where each row is from.</summary>
internal sealed class TargetTable(IWarehouseConnection connection, RawDialect dialect, RelationName name)
{
    /// <summary>Prefix of the columns that landing adds.</summary>
    public const string OwnPrefix = "_hw_";

    /// <summary>Its name as SQL.</summary>
    public string Sql { get; } = $"{dialect.Sql.Quote(name.Schema)}.{dialect.Sql.Quote(name.Name)}";

    public RelationName Relation => name;

    /// <summary>The columns of the files so far and their types; empty if there is no table yet.</summary>
    public async ValueTask<Dictionary<string, string>> ReadColumnsAsync(CancellationToken cancellationToken)
    {
        var table = await connection.QueryAsync(
            new SqlCommand(dialect.ColumnsQuery, [new(name.Schema), new(name.Name)]),
            cancellationToken
        );
        var columns = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        for (long row = 0; row < table.RowCount; row++)
        {
            var column = (string)table.Value(row, 0)!;
            if (!column.StartsWith(OwnPrefix, StringComparison.OrdinalIgnoreCase))
            {
                columns[column] = dialect.Understand((string)table.Value(row, 1)!);
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
                    $"SELECT 1 FROM {Sql} WHERE {dialect.Sql.Quote(column)} IS NOT NULL LIMIT 1",
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

    /// <summary>Empties it, keeping its columns.</summary>
    public async ValueTask EmptyAsync(CancellationToken cancellationToken)
    {
        var known = await ReadColumnsAsync(cancellationToken);
        if (known.Count > 0)
        {
            var definitions = Definitions(known.Select(column => (column.Key, column.Value)));
            await connection.ExecuteAsync(dialect.Empty(Sql, definitions), cancellationToken);
        }
    }

    /// <summary>Makes it anew with some columns, or with none of a file's.</summary>
    public async ValueTask CreateAsync(
        IEnumerable<(string Name, string Type)> columns,
        CancellationToken cancellationToken
    ) =>
        await connection.ExecuteAsync(
            $"CREATE SCHEMA IF NOT EXISTS {dialect.Sql.Quote(name.Schema)}; {dialect.Create(Sql, Definitions(columns))}",
            cancellationToken
        );

    private string Definitions(IEnumerable<(string Name, string Type)> columns)
    {
        var definitions = columns.Select(column => $"{Quoted(column.Name)} {dialect.Spell(column.Type)}");
        return $"{string.Join(", ", definitions)}, {OwnPrefix}file VARCHAR, {OwnPrefix}row BIGINT, {OwnPrefix}loaded_at TIMESTAMPTZ, {OwnPrefix}batch UUID";
    }

    private string Quoted(string column) => dialect.Sql.Quote(dialect.NameOf(column));

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

        var needed = columns.Select(column => Change(column, known, untyped)).OfType<TableChange>().ToList();
        if (changes == SchemaChanges.Freeze && needed.Count > 0)
        {
            throw SourceDiagnostics.SchemaFrozen.With(file, stream, needed[0].Words).ToException();
        }

        var views = needed.Exists(change => change.IsRetyping)
            ? await StandingViews.RemoveAsync(connection, dialect, Sql, cancellationToken)
            : null;
        foreach (var change in needed)
        {
            await connection.ExecuteAsync($"ALTER TABLE {Sql} {change.Sql}", cancellationToken);
        }

        if (views is not null)
        {
            await views.RestoreAsync(cancellationToken);
        }
    }

    private TableChange? Change(FileColumn column, Dictionary<string, string> known, HashSet<string> untyped)
    {
        var quoted = Quoted(column.Name);
        if (!known.TryGetValue(column.Name, out var type))
        {
            return new TableChange(
                $"ADD COLUMN {quoted} {dialect.Spell(column.Type)}",
                $"it has a new column '{column.Name}'",
                IsRetyping: false
            );
        }

        var common = untyped.Contains(column.Name) ? column.Type : ColumnTypes.Common(type, column.Type);
        return dialect.Spell(common) == dialect.Spell(type)
            ? null
            : new TableChange(
                dialect.Retype(quoted, dialect.Spell(common)),
                $"'{column.Name}' is {column.Type.ToLowerInvariant()} in it and {type.ToLowerInvariant()} in the table",
                IsRetyping: true
            );
    }

    /// <param name="Sql">What follows <c>ALTER TABLE</c>.</param>
    /// <param name="Words">Why, for whoever forbids it.</param>
    private sealed record TableChange(string Sql, string Words, bool IsRetyping);
}

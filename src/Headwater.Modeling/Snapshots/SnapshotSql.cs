using System.Globalization;
using Headwater.Modeling.Engines;
using Headwater.Modeling.Graph;
using Headwater.Modeling.Materializations;

namespace Headwater.Modeling.Snapshots;

/// <summary>A statement of a snapshot.</summary>
/// <param name="CountsRows">True if the rows that it changes are new states.</param>
internal sealed record SnapshotStatement(string Text, bool CountsRows);

/// <summary>
/// The SQL of one snapshot. First what the query gives now goes to a temporary table; then what is new and what is gone, held against the
/// states that still hold, goes to two others; then states end and begin.
/// </summary>
/// <param name="now">When states end whose rows are gone, and begin where no column says when.</param>
internal sealed class SnapshotSql(WarehouseEngine engine, SnapshotNode node, DateTimeOffset now)
{
    private const string Current = "__hw_snapshot_now";
    private const string Begun = "__hw_snapshot_begun";
    private const string Ended = "__hw_snapshot_ended";
    private const string Updated = "__hw_updated_at";

    private readonly SnapshotSettings _settings = node.Settings;

    private string ScdId => engine.Quote(_settings.ScdIdColumn);

    private string ValidFrom => engine.Quote(_settings.ValidFromColumn);

    private string ValidTo => engine.Quote(_settings.ValidToColumn);

    private string UpdatedAt => engine.Quote(_settings.UpdatedAtColumn);

    private string IsDeleted => engine.Quote(_settings.IsDeletedColumn);

    private bool MarksDeleted => _settings.HardDeletes == HardDeletes.NewRecord;

    private string Now =>
        $"CAST('{now.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture)}' AS timestamp)";

    private string ChangedAt => _settings.UpdatedAt ?? Now;

    private string StillHolds =>
        _settings.ValidToCurrent is { } current
            ? $"({ValidTo} IS NULL OR {ValidTo} = {current})"
            : $"{ValidTo} IS NULL";

    private string OpenEnd => _settings.ValidToCurrent ?? "NULL";

    private IEnumerable<string> KeyNames => _settings.UniqueKey.Select((_, index) => $"__hw_key_{index}");

    private string SameKey => string.Join(" AND ", KeyNames.Select(key => $"was.{key} = fresh.{key}"));

    /// <summary>The query of a new table: every row begins.</summary>
    public string First(string query) =>
        $"""
            SELECT fresh.*, {Hash([
                .. _settings.UniqueKey,
                Updated,
            ])} AS {ScdId}, {Updated} AS {UpdatedAt}, {Updated} AS {ValidFrom},
              coalesce(nullif({Updated}, {Updated}), {OpenEnd}) AS {ValidTo}{(
                MarksDeleted ? $", 'False' AS {IsDeleted}" : ""
            )}
            FROM (
            {query}
            ) AS fresh CROSS JOIN LATERAL (SELECT {ChangedAt} AS {Updated}) AS changed
            """;

    /// <summary>Keeps what the query gives now.</summary>
    public string ReadNow(string query) =>
        engine.CreateTemporary(
            Current,
            $"SELECT asked.*, {Keys}, {ChangedAt} AS {Updated} FROM (\n{query}\n) AS asked"
        );

    private string Keys => string.Join(", ", _settings.UniqueKey.Select((key, index) => $"{key} AS __hw_key_{index}"));

    /// <summary>The columns that the table does not have yet.</summary>
    public IReadOnlyList<RelationColumn> Missing(
        IReadOnlyList<RelationColumn> query,
        IReadOnlyList<RelationColumn> table
    )
    {
        var wanted = MarksDeleted ? [.. query, new RelationColumn(_settings.IsDeletedColumn, "varchar")] : query;
        return [.. wanted.Where(column => !table.Any(there => there.IsCalled(column.Name)))];
    }

    /// <summary>What ends and begins states.</summary>
    public IEnumerable<SnapshotStatement> Changes(string table, IReadOnlyList<RelationColumn> query)
    {
        var was = $"(SELECT held.*, {Keys} FROM {table} AS held WHERE {StillHolds})";
        yield return new SnapshotStatement(
            engine.CreateTemporary(
                Begun,
                $"SELECT fresh.*, was.{ScdId} AS __hw_was FROM {Current} AS fresh LEFT JOIN {was} AS was ON {SameKey} "
                    + $"WHERE was.{ScdId} IS NULL OR {Changed(query)}"
            ),
            CountsRows: false
        );
        if (_settings.HardDeletes != HardDeletes.Ignore)
        {
            yield return new SnapshotStatement(
                engine.CreateTemporary(
                    Ended,
                    $"SELECT was.* FROM {was} AS was WHERE NOT EXISTS (SELECT 1 FROM {Current} AS fresh WHERE {SameKey})"
                        + (MarksDeleted ? $" AND coalesce(was.{IsDeleted}, 'False') <> 'True'" : "")
                ),
                CountsRows: false
            );
        }

        yield return new SnapshotStatement(
            $"UPDATE {table} AS held SET {ValidTo} = begun.{Updated} FROM {Begun} AS begun WHERE held.{ScdId} = begun.__hw_was AND {StillHeld}",
            CountsRows: false
        );
        var names = engine.Columns(query.Select(column => column.Name));
        var values = string.Join(", ", query.Select(column => $"begun.{engine.Quote(column.Name)}"));
        yield return new SnapshotStatement(
            $"INSERT INTO {table} ({names}, {ScdId}, {UpdatedAt}, {ValidFrom}, {ValidTo}{(MarksDeleted ? ", " + IsDeleted : "")}) "
                + $"SELECT {values}, {IdOfKeys("begun")}, {Updated}, {Updated}, {OpenEnd}{(MarksDeleted ? ", 'False'" : "")} FROM {Begun} AS begun",
            CountsRows: true
        );
        foreach (var statement in _settings.HardDeletes == HardDeletes.Ignore ? [] : Deletions(table, query))
        {
            yield return statement;
        }

        foreach (
            var made in _settings.HardDeletes == HardDeletes.Ignore
                ? [Begun, Current]
                : (string[])[Ended, Begun, Current]
        )
        {
            yield return new SnapshotStatement(WarehouseEngine.Drop(RelationKind.Table, made), CountsRows: false);
        }
    }

    private string StillHeld =>
        _settings.ValidToCurrent is { } current
            ? $"(held.{ValidTo} IS NULL OR held.{ValidTo} = {current})"
            : $"held.{ValidTo} IS NULL";

    private IEnumerable<SnapshotStatement> Deletions(string table, IReadOnlyList<RelationColumn> query)
    {
        yield return new SnapshotStatement(
            $"UPDATE {table} AS held SET {ValidTo} = {Now} FROM {Ended} AS ended WHERE held.{ScdId} = ended.{ScdId} AND {StillHeld}",
            CountsRows: false
        );
        if (MarksDeleted)
        {
            var names = engine.Columns(query.Select(column => column.Name));
            var values = string.Join(", ", query.Select(column => $"ended.{engine.Quote(column.Name)}"));
            yield return new SnapshotStatement(
                $"INSERT INTO {table} ({names}, {ScdId}, {UpdatedAt}, {ValidFrom}, {ValidTo}, {IsDeleted}) "
                    + $"SELECT {values}, {Hash([.. KeyNames.Select(key => "ended." + key), Now])}, {Now}, {Now}, {OpenEnd}, 'True' FROM {Ended} AS ended",
                CountsRows: true
            );
        }
    }

    private string Changed(IReadOnlyList<RelationColumn> query)
    {
        var changed =
            _settings.Strategy == SnapshotStrategy.Timestamp
                ? $"was.{ValidFrom} < fresh.{Updated}"
                : string.Join(
                    " OR ",
                    CheckedColumns(query).Select(column => $"was.{column} IS DISTINCT FROM fresh.{column}")
                );
        return MarksDeleted ? $"({changed}) OR was.{IsDeleted} = 'True'" : $"({changed})";
    }

    // Names are written in whatever case; an expression stands for itself.
    private IEnumerable<string> CheckedColumns(IReadOnlyList<RelationColumn> query) =>
        (_settings.CheckColumns ?? [.. query.Select(column => column.Name)]).Select(name =>
            query.FirstOrDefault(column => column.IsCalled(name)) is { } found ? engine.Quote(found.Name) : name
        );

    private string IdOfKeys(string alias) => Hash([.. KeyNames.Select(key => $"{alias}.{key}"), $"{alias}.{Updated}"]);

    private static string Hash(IEnumerable<string> values) =>
        $"md5({string.Join(" || '|' || ", values.Select(value => $"coalesce(CAST({value} AS varchar), '')"))})";
}

using Headwater.Kernel.Names;
using Headwater.Project.Resources.Sources;
using Headwater.Sources.Formats;
using Headwater.Sources.Landing.Tables;
using Headwater.Sources.Types;
using Headwater.Sql.Dialects;
using Headwater.Warehouse.Port;

namespace Headwater.Sources.Landing.Loading;

/// <summary>Copies what one file has left in the shadow of a stream's tables into the tables themselves, within the caller's transaction.</summary>
/// <param name="beside">The connection with the engine of the shadow.</param>
/// <param name="engine">Its dialect.</param>
/// <param name="shadow">The shadow.</param>
/// <param name="connection">The connection with the engine of the tables.</param>
/// <param name="keeper">How that one keeps raw tables.</param>
/// <param name="tables">The tables.</param>
internal sealed class StreamCopy(
    IWarehouseConnection beside,
    SqlDialect engine,
    StreamTables shadow,
    IWarehouseConnection connection,
    RawDialect keeper,
    StreamTables tables,
    SourceDefinition source,
    StreamDefinition stream
)
{
    private static readonly RelationName Staged = new("pg_temp", "hw_landing");

    /// <param name="file">The file's name.</param>
    /// <param name="untyped">Columns that take the shadow's type, whatever they are.</param>
    /// <param name="forget">Whether rows that the file has left earlier go first.</param>
    /// <exception cref="WarehouseException">The engine failed.</exception>
    public async ValueTask RunAsync(
        string file,
        HashSet<string> untyped,
        bool forget,
        CancellationToken cancellationToken
    )
    {
        var types = await shadow.Target.ReadColumnsAsync(cancellationToken);
        await tables.Target.FitAsync(
            file,
            stream.Name,
            [.. types.Select(column => new FileColumn(column.Key, column.Value, ""))],
            untyped,
            source.SchemaChanges,
            cancellationToken
        );
        if (forget)
        {
            await tables.Rows.RemoveAsync(file, cancellationToken);
        }

        if (stream.Load == LoadMode.Upsert)
        {
            await UpsertAsync(Value, cancellationToken);
        }
        else
        {
            await CopyAsync(shadow.Target.Sql, tables.Target.Relation, Value, cancellationToken);
        }

        await CopyAsync(shadow.Quarantine.Sql, tables.Quarantine.Relation, Cleaned, cancellationToken);

        string Value(string name) =>
            types.TryGetValue(name, out var type) && IsJson(type)
                ? $"CASE WHEN {engine.Quote(name)} IS NOT NULL THEN CAST(to_json({engine.Quote(name)}) AS VARCHAR) END"
                : engine.Quote(name);
    }

    // Rows with the keys of the file go, then those of the file come in: of each key there is one.
    private async ValueTask UpsertAsync(Func<string, string> value, CancellationToken cancellationToken)
    {
        var staged = $"{Staged.Schema}.{Staged.Name}";
        await connection.ExecuteAsync(
            $"DROP TABLE IF EXISTS {staged}; CREATE TEMP TABLE {Staged.Name} (LIKE {tables.Target.Sql}) ON COMMIT DROP",
            cancellationToken
        );
        await CopyAsync(shadow.Target.Sql, Staged, value, cancellationToken);
        var matches = stream
            .PrimaryKey.Select(keeper.NameOf)
            .Select(keeper.Sql.Quote)
            .Select(key => $"t.{key} = s.{key}");
        await connection.ExecuteAsync(
            $"""
            ANALYZE {staged};
            DELETE FROM {tables.Target.Sql} AS t USING {staged} AS s WHERE {string.Join(" AND ", matches)};
            INSERT INTO {tables.Target.Sql} SELECT * FROM {staged}
            """,
            cancellationToken
        );
    }

    private async ValueTask CopyAsync(
        string from,
        RelationName to,
        Func<string, string> value,
        CancellationToken cancellationToken
    )
    {
        // The columns in the order that the target has them in, which may have grown otherwise than the shadow.
        var target = await connection.QueryAsync(
            $"SELECT * FROM {keeper.Sql.Quote(to.Schema)}.{keeper.Sql.Quote(to.Name)} LIMIT 0",
            cancellationToken
        );
        var values = target.Columns.Select(column => value(column.Name));
        var reader = await beside.ReadAsync(
            new SqlCommand($"SELECT {string.Join(", ", values)} FROM {from}"),
            cancellationToken
        );
        await using (reader)
        {
            await connection.AppendAsync(to, reader.ReadBatchesAsync(cancellationToken), cancellationToken);
        }
    }

    private bool IsJson(string type) => keeper.Spell(type) == keeper.Spell(ColumnTypes.Json);

    // What reason and text of a faulty record quote may hold anything.
    private string Cleaned(string name) =>
        !keeper.KeepsNul && name is "column_name" or "reason" or "original"
            ? $"replace({engine.Quote(name)}, chr(0), '')"
            : engine.Quote(name);
}

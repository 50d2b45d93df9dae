using System.Globalization;
using Headwater.Kernel.Names;
using Headwater.Sources.Landing.Tables;
using Headwater.Testing;
using Headwater.Warehouse;
using Headwater.Warehouse.Port;
using Headwater.Warehouse.Postgres;
using Headwater.Warehouse.Writers;

namespace Headwater.Sources.Tests;

/// <summary>A database of the test server. Questions are answered from a copy of what it holds.</summary>
internal sealed class PostgresLandingWarehouse : LandingWarehouse
{
    private PostgresDatabase? _database;
    private PostgresWarehouseOptions? _options;

    public PostgresLandingWarehouse() { }

    /// <summary>The database that another process has made.</summary>
    public PostgresLandingWarehouse(IReadOnlyList<string> arguments) =>
        _options = new PostgresWarehouseOptions
        {
            Home = "",
            Host = arguments[0],
            Port = int.Parse(arguments[1], CultureInfo.InvariantCulture),
            User = arguments[2],
            Password = arguments[3],
            Database = arguments[4],
        };

    public override IReadOnlyList<string> Arguments =>
        [
            _options!.Host,
            _options.Port.ToString(CultureInfo.InvariantCulture),
            _options.User,
            _options.Password!,
            _options.Database,
        ];

    public override async Task<WarehouseHost> OpenAsync(string root)
    {
        if (_options is null)
        {
            _database = await (await PostgresServer.SharedAsync()).CreateDatabaseAsync();
            _options = _database.Options("");
        }

        return await WarehouseHost.OpenPostgresAsync(
            _options with
            {
                Home = Path.Combine(root, "home"),
                Threads = 2,
                MemoryLimit = "2GB",
            },
            CancellationToken.None
        );
    }

    public override async ValueTask<IWarehouseConnection> ConnectAsync(
        WarehouseHost host,
        CancellationToken cancellationToken
    )
    {
        var copy = await host.Warehouse.FileEngine.ConnectAsync(cancellationToken);
        await copy.BeginAsync(cancellationToken);
        await using var original = await host.Warehouse.ConnectAsync(cancellationToken);
        var dialect = new PostgresRawDialect();
        var tables = await original.QueryAsync(
            """
            select n.nspname::text, c.relname::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.relkind = 'r' and n.nspname in ('_headwater', 'raw_s', 'raw_crm')
            """,
            cancellationToken
        );
        for (var row = 0; row < tables.RowCount; row++)
        {
            var name = new RelationName((string)tables.Value(row, 0)!, (string)tables.Value(row, 1)!);
            var columns = await original.QueryAsync(
                new SqlCommand(dialect.ColumnsQuery, [new(name.Schema), new(name.Name)]),
                cancellationToken
            );
            var definitions = Enumerable
                .Range(0, (int)columns.RowCount)
                .Select(column =>
                    $"\"{columns.Value(column, 0)}\" {dialect.Understand((string)columns.Value(column, 1)!)}"
                );
            await copy.ExecuteAsync(
                $"create schema if not exists {name.Schema}; create table {name.Schema}.\"{name.Name}\" ({string.Join(", ", definitions)})",
                cancellationToken
            );
            var rows = await original.QueryAsync(
                $"select * from {name.Schema}.\"{name.Name}\" order by ctid",
                cancellationToken
            );
            await copy.AppendAsync(name, rows.StreamAsync(cancellationToken), cancellationToken);
        }

        return copy;
    }

    public override async ValueTask DisposeAsync()
    {
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }
    }
}

using Headwater.Warehouse;
using Headwater.Warehouse.Postgres;

namespace Headwater.Testing;

/// <summary>A database of one test or class, dropped when disposed, whoever is still in it.</summary>
public sealed class PostgresDatabase : IAsyncDisposable
{
    internal PostgresDatabase(PostgresServer server, string name)
    {
        Server = server;
        Name = name;
    }

    public PostgresServer Server { get; }

    public string Name { get; }

    /// <summary>How a warehouse is opened in this database.</summary>
    /// <param name="home">The folder for the files of the engine beside it.</param>
    public PostgresWarehouseOptions Options(string home) =>
        new()
        {
            Host = Server.Host,
            Port = Server.Port,
            User = Server.User,
            Password = Server.Password,
            Database = Name,
            Home = home,
        };

    /// <summary>An open warehouse in this database, with the default schema <c>main</c>, as DuckDB has it.</summary>
    public async Task<WarehouseHost> OpenAsync(string home)
    {
        await Server.ExecuteInAsync(Name, "CREATE SCHEMA IF NOT EXISTS main");
        return await WarehouseHost.OpenPostgresAsync(
            Options(home) with
            {
                SearchPath = "main, public",
            },
            CancellationToken.None
        );
    }

    public async ValueTask DisposeAsync() => await Server.ExecuteAsync($"DROP DATABASE IF EXISTS {Name} WITH (FORCE)");
}

using Headwater.Testing;
using Headwater.Warehouse;
using Headwater.Warehouse.Postgres;
using Npgsql;

namespace Headwater.Compat.Running;

/// <summary>A throw-away PostgreSQL server with a database made anew for each project.</summary>
internal sealed class PostgresEngine : IEngine
{
    public string Name => "postgres";

    public async ValueTask<WarehouseHost> OpenAsync(string database, string home, CancellationToken cancellationToken)
    {
        var server = await PostgresServer.SharedAsync();
        await using (var connection = new NpgsqlConnection(Settings(server)))
        {
            await connection.OpenAsync(cancellationToken);
            foreach (
                var sql in (string[])
                    [$"DROP DATABASE IF EXISTS \"{database}\" WITH (FORCE)", $"CREATE DATABASE \"{database}\""]
            )
            {
                await using var command = new NpgsqlCommand(sql, connection);
                await command.ExecuteNonQueryAsync(cancellationToken);
            }
        }

        return await WarehouseHost.OpenPostgresAsync(
            new PostgresWarehouseOptions
            {
                Host = server.Host,
                Port = server.Port,
                User = server.User,
                Password = server.Password,
                Database = database,
                Home = home,
            },
            cancellationToken
        );
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    // Made from another database than the one that is dropped.
    private static string Settings(PostgresServer server) =>
        new NpgsqlConnectionStringBuilder
        {
            Host = server.Host,
            Port = server.Port,
            Username = server.User,
            Password = server.Password,
            Database = "template1",
            Pooling = false,
        }.ConnectionString;
}

using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Headwater.Testing;

/// <summary>
/// A PostgreSQL server of this test process, started by <c>scripts/postgres</c> at the first need. It ends with the process, however that
/// ends: the script holds on only as long as its input is open. Safe for several threads.
/// </summary>
public sealed class PostgresServer
{
    private static readonly Task<PostgresServer> Shared = Task.Run(StartAsync);

    // Held, so that the script's input stays open.
    private readonly Process _script;
    private readonly string _settings;
    private readonly NpgsqlDataSource _sessions;
    private int _databases;

    private PostgresServer(Process script, IReadOnlyDictionary<string, string> settings)
    {
        _script = script;
        Host = settings["PGHOST"];
        Port = int.Parse(settings["PGPORT"], CultureInfo.InvariantCulture);
        User = settings["PGUSER"];
        Password = settings["PGPASSWORD"];
        _settings = new NpgsqlConnectionStringBuilder
        {
            Host = Host,
            Port = Port,
            Username = User,
            Password = Password,
            Database = settings["PGDATABASE"],
        }.ConnectionString;
        _sessions = NpgsqlDataSource.Create(_settings);
    }

    public string Host { get; }

    public int Port { get; }

    public string User { get; }

    public string Password { get; }

    /// <summary>The server, started if it is not yet.</summary>
    /// <exception cref="InvalidOperationException">It could not be started; the message says why.</exception>
    public static Task<PostgresServer> SharedAsync() => Shared;

    /// <summary>A new, empty database; disposing drops it. Costs some 20 ms.</summary>
    public async Task<PostgresDatabase> CreateDatabaseAsync()
    {
        var name = $"test_{Interlocked.Increment(ref _databases)}";
        await ExecuteAsync($"CREATE DATABASE {name}");
        return new PostgresDatabase(this, name);
    }

    internal async Task ExecuteAsync(string sql)
    {
        await using var command = _sessions.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    internal async Task ExecuteInAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(_settings) { Database = database, Pooling = false }.ConnectionString
        );
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<PostgresServer> StartAsync()
    {
        // As the product sets it; the driver looks once, and here it is used before the product is.
        AppContext.SetSwitch("Npgsql.EnableSqlRewriting", isEnabled: false);
        var start = new ProcessStartInfo(Path.Combine(RepositoryFolder.Path, "scripts", "postgres"), "--while-input")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var script = Process.Start(start)!;
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        while (!settings.ContainsKey("PGDATABASE"))
        {
            if (await script.StandardOutput.ReadLineAsync() is not { } line)
            {
                throw new InvalidOperationException(
                    $"The test server did not start. {await script.StandardError.ReadToEndAsync()}"
                );
            }

            var parts = line.Split('=', 2);
            settings[parts[0]] = parts[1];
        }

        return new PostgresServer(script, settings);
    }
}

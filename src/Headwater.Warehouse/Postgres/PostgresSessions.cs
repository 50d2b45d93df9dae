using System.Text;
using Npgsql;

namespace Headwater.Warehouse.Postgres;

/// <summary>The pool of sessions, and how each is set up: UTC, and nothing that a project can change for the next.</summary>
internal static class PostgresSessions
{
    private const int CancellationMilliseconds = 10_000;

    // Statements go to the server as they are: the driver's own placeholders would make names out of colons.
    static PostgresSessions() => AppContext.SetSwitch("Npgsql.EnableSqlRewriting", isEnabled: false);

    public static NpgsqlDataSource Open(PostgresWarehouseOptions options)
    {
        var text = new NpgsqlConnectionStringBuilder
        {
            Host = options.Host,
            Port = options.Port,
            Database = options.Database,
            Username = options.User,
            Password = options.Password,
            ApplicationName = "headwater",
            Timeout = (int)options.ConnectTimeout.TotalSeconds,
            MaxPoolSize = options.MaxConnections,
            // How long a statement may take is for the caller to say, by cancelling.
            CommandTimeout = 0,
            CancellationTimeout = CancellationMilliseconds,
            IncludeErrorDetail = true,
            IncludeFailedBatchedCommand = true,
            Enlist = false,
            Timezone = "UTC",
            Options = StartOptions(options),
            SslMode = Mode(options.SslMode),
            RootCertificate = options.SslRootCertificate,
            SslCertificate = options.SslCertificate,
            SslKey = options.SslKey,
        };
        if (options.KeepalivesIdle is { } idle)
        {
            text.TcpKeepAlive = true;
            text.TcpKeepAliveTime = (int)idle.TotalSeconds;
        }

        // Values are read by the numbers of their types: nothing has to be asked for at the start.
        return new NpgsqlDataSourceBuilder(text.ConnectionString)
            .ConfigureTypeLoading(loading => loading.EnableTypeLoading(enable: false))
            .Build();
    }

    private static string? StartOptions(PostgresWarehouseOptions options)
    {
        var settings = new StringBuilder("-c DateStyle=ISO -c IntervalStyle=postgres");
        Append(settings, "search_path", options.SearchPath);
        Append(settings, "role", options.Role);
        return settings.ToString();
    }

    // Spaces end a setting unless a backslash stands before them (PostgreSQL documentation, libpq, "options").
    private static void Append(StringBuilder settings, string name, string? value)
    {
        if (value is null)
        {
            return;
        }

        settings.Append(" -c ").Append(name).Append('=');
        foreach (var character in value)
        {
            if (character is '\\' || char.IsWhiteSpace(character))
            {
                settings.Append('\\');
            }

            settings.Append(character);
        }
    }

    private static SslMode Mode(string? mode) =>
        mode switch
        {
            "disable" => SslMode.Disable,
            "allow" => SslMode.Allow,
            "require" => SslMode.Require,
            "verify-ca" => SslMode.VerifyCA,
            "verify-full" => SslMode.VerifyFull,
            _ => SslMode.Prefer,
        };
}

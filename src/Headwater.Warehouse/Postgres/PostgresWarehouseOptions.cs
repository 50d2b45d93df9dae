using System.Globalization;
using Headwater.Kernel.Diagnostics;

namespace Headwater.Warehouse.Postgres;

/// <summary>How a PostgreSQL warehouse is opened. Checked when it is: HW6001 names the key and what is accepted.</summary>
public sealed record PostgresWarehouseOptions
{
    private const int MaxPort = 65_535;
    private const int MinPool = 4;
    private const int MaxPool = 1_000;

    /// <summary>Name or address of the server, or the folder of its socket.</summary>
    public required string Host { get; init; }

    /// <summary>Default 5432.</summary>
    public int Port { get; init; } = 5432;

    /// <summary>The database: it must exist.</summary>
    public required string Database { get; init; }

    public required string User { get; init; }

    /// <summary>Default null: the server asks for none, or <c>~/.pgpass</c> has it. Never logged or shown.</summary>
    public string? Password { get; init; }

    /// <summary>The folder under which the engine that works on files keeps its own; created if absent.</summary>
    public required string Home { get; init; }

    /// <summary>Schemas that unqualified names are looked for in, comma-separated as in <c>SET search_path</c>. Default null: the user's own setting.</summary>
    public string? SearchPath { get; init; }

    /// <summary>The role that each session takes on. Default null: the user's own.</summary>
    public string? Role { get; init; }

    /// <summary>One of <see cref="SslModes"/>. Default null: <c>prefer</c>.</summary>
    public string? SslMode { get; init; }

    /// <summary>File of the certificates that the server's is checked against. Default null: the system's.</summary>
    public string? SslRootCertificate { get; init; }

    /// <summary>File of the client's certificate. Default null: none.</summary>
    public string? SslCertificate { get; init; }

    /// <summary>File of the key of the client's certificate. Default null: none.</summary>
    public string? SslKey { get; init; }

    /// <summary>How long to wait for the server to answer at all. Default 10 seconds.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>After how long without traffic a connection is probed. Default null: as the system does.</summary>
    public TimeSpan? KeepalivesIdle { get; init; }

    /// <summary>The most sessions held with the server, at least 4: landing and reading take more than one at once. Default 50.</summary>
    public int MaxConnections { get; init; } = 50;

    /// <summary>How often the versions of published relations are read, for what other processes publish. Default one second.</summary>
    public TimeSpan VersionInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Memory of the engine that works on files, such as <c>4GB</c>. Default null: 80 % of the machine's.</summary>
    public string? MemoryLimit { get; init; }

    /// <summary>Threads of the engine that works on files. Default null: one for each core.</summary>
    public int? Threads { get; init; }

    /// <summary>The modes that libpq knows.</summary>
    public static IReadOnlyList<string> SslModes { get; } =
    ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"];

    /// <exception cref="DiagnosticException">HW6001, once for each bad value.</exception>
    internal void Validate()
    {
        var problems = new DiagnosticBag();
        CheckText(problems, "host", Host, "the name or address of the server");
        CheckText(problems, "dbname", Database, "the name of a database");
        CheckText(problems, "user", User, "the name of a user");
        CheckText(problems, "home", Home, "a folder");
        Check(problems, Port is >= 1 and <= MaxPort, "port", Port, $"a whole number from 1 to {MaxPort}");
        Check(
            problems,
            MaxConnections is >= MinPool and <= MaxPool,
            "max_connections",
            MaxConnections,
            $"a whole number from {MinPool} to {MaxPool}"
        );
        Check(
            problems,
            ConnectTimeout >= TimeSpan.FromSeconds(1) && ConnectTimeout <= TimeSpan.FromSeconds(1024),
            "connect_timeout",
            (int)ConnectTimeout.TotalSeconds,
            "a whole number of seconds from 1 to 1024"
        );
        if (SslMode is not null && !SslModes.Contains(SslMode, StringComparer.Ordinal))
        {
            problems.Add(WarehouseDiagnostics.BadSetting.With("sslmode", SslMode, string.Join(", ", SslModes)));
        }

        foreach (
            var (key, path) in ((string, string?)[])
                [("sslrootcert", SslRootCertificate), ("sslcert", SslCertificate), ("sslkey", SslKey)]
        )
        {
            if (path is not null && !File.Exists(path))
            {
                problems.Add(WarehouseDiagnostics.BadSetting.With(key, path, "the path of a file that exists"));
            }
        }

        problems.ThrowIfErrors();
    }

    private static void CheckText(DiagnosticBag problems, string key, string value, string accepted)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            problems.Add(WarehouseDiagnostics.BadSetting.With(key, value, accepted));
        }
    }

    private static void Check(DiagnosticBag problems, bool holds, string key, int value, string accepted)
    {
        if (!holds)
        {
            problems.Add(
                WarehouseDiagnostics.BadSetting.With(key, value.ToString(CultureInfo.InvariantCulture), accepted)
            );
        }
    }

    // What a record prints must not hold the password.
    private bool PrintMembers(System.Text.StringBuilder builder)
    {
        builder.Append(CultureInfo.InvariantCulture, $"{User}@{Host}:{Port}/{Database}");
        return true;
    }
}

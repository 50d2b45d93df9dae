using System.Globalization;
using Headwater.Kernel.Diagnostics;
using Headwater.Project.Yaml;

namespace Headwater.Project.Profiles;

/// <summary>An output of type <c>postgres</c>, with the keys of dbt's adapter. Paths are absolute.</summary>
public sealed record PostgresProfile
{
    private const int DefaultPort = 5432;
    private const int DefaultConnectSeconds = 10;

    public required string Host { get; init; }

    public required int Port { get; init; }

    public required string User { get; init; }

    /// <summary>Never logged or shown; null if none is given.</summary>
    public string? Password { get; init; }

    public required string Database { get; init; }

    public string? SearchPath { get; init; }

    public string? Role { get; init; }

    public string? SslMode { get; init; }

    public string? SslRootCertificate { get; init; }

    public string? SslCertificate { get; init; }

    public string? SslKey { get; init; }

    /// <summary>How long to wait for a connection, in seconds.</summary>
    public required int ConnectSeconds { get; init; }

    /// <summary>After how many seconds without traffic a connection is probed; null leaves it to the system.</summary>
    public int? KeepaliveSeconds { get; init; }

    /// <summary>Reads an output. Keys that only other tools know are left alone.</summary>
    internal static PostgresProfile Read(YamlMapping output, string root, DiagnosticBag diagnostics)
    {
        var reader = new MappingReader(output, diagnostics);
        return new PostgresProfile
        {
            Host = reader.RequiredText("host").Text,
            Port = reader.Integer("port") ?? DefaultPort,
            User = reader.RequiredText("user").Text,
            Password = Given(reader, "password") ?? Given(reader, "pass"),
            Database = reader.Text("database") ?? reader.RequiredText("dbname").Text,
            SearchPath = Given(reader, "search_path"),
            Role = Given(reader, "role"),
            SslMode = Given(reader, "sslmode"),
            SslRootCertificate = PathOf(reader, "sslrootcert", root),
            SslCertificate = PathOf(reader, "sslcert", root),
            SslKey = PathOf(reader, "sslkey", root),
            ConnectSeconds = reader.Integer("connect_timeout") ?? DefaultConnectSeconds,
            // Zero is how dbt writes the system's own.
            KeepaliveSeconds = reader.Integer("keepalives_idle") is > 0 and var seconds ? seconds : null,
        };
    }

    // An environment variable that is set to nothing is not given.
    private static string? Given(MappingReader reader, string key) =>
        reader.Text(key) is { Length: > 0 } text ? text : null;

    private static string? PathOf(MappingReader reader, string key, string root)
    {
        if (Given(reader, key) is not { } path)
        {
            return null;
        }

        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return Path.GetFullPath(
            path.StartsWith("~/", StringComparison.Ordinal) ? Path.Combine(home, path[2..]) : path,
            root
        );
    }

    private bool PrintMembers(System.Text.StringBuilder builder)
    {
        builder.Append(CultureInfo.InvariantCulture, $"{User}@{Host}:{Port}/{Database}");
        return true;
    }
}

using Headwater.Project;
using Headwater.Project.Profiles;
using Headwater.Warehouse;
using Headwater.Warehouse.DuckDb;
using Headwater.Warehouse.Postgres;

namespace Headwater.Platform.Workspaces;

/// <summary>The warehouse that a project's target names: a DuckDB file, or a PostgreSQL database.</summary>
internal static class TargetWarehouse
{
    /// <exception cref="Kernel.Diagnostics.DiagnosticException">HW6xxx: it cannot be opened.</exception>
    public static async ValueTask<WarehouseHost> OpenAsync(
        ProjectFolder project,
        string home,
        CancellationToken cancellationToken
    )
    {
        var memory = $"{project.Settings.MemoryLimitMegabytes}MB";
        var threads = project.Settings.Threads;
        return project.Target.Postgres is { } server
            ? await WarehouseHost.OpenPostgresAsync(
                OptionsOf(server, home) with
                {
                    MemoryLimit = memory,
                    Threads = threads,
                },
                cancellationToken
            )
            : WarehouseHost.OpenDuckDb(
                new DuckDbWarehouseOptions
                {
                    Home = home,
                    Path = FileOf(project, home),
                    MemoryLimit = memory,
                    Threads = threads,
                }
            );
    }

    /// <summary>The file of a DuckDB target: the profile's, else one in the home folder.</summary>
    public static string FileOf(ProjectFolder project, string home) =>
        project.Target.DuckDb?.Path ?? Path.Combine(home, "warehouse.duckdb");

    private static PostgresWarehouseOptions OptionsOf(PostgresProfile profile, string home) =>
        new()
        {
            Home = home,
            Host = profile.Host,
            Port = profile.Port,
            User = profile.User,
            Password = profile.Password,
            Database = profile.Database,
            SearchPath = profile.SearchPath,
            Role = profile.Role,
            SslMode = profile.SslMode,
            SslRootCertificate = profile.SslRootCertificate,
            SslCertificate = profile.SslCertificate,
            SslKey = profile.SslKey,
            ConnectTimeout = TimeSpan.FromSeconds(profile.ConnectSeconds),
            KeepalivesIdle = profile.KeepaliveSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        };
}

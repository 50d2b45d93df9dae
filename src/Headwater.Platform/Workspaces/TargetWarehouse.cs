using Headwater.Modeling.Engines;
using Headwater.Project;
using Headwater.Project.Profiles;
using Headwater.Sql.Dialects;
using Headwater.Warehouse;
using Headwater.Warehouse.DuckDb;
using Headwater.Warehouse.Postgres;

namespace Headwater.Platform.Workspaces;

/// <summary>The warehouse that a project's target names: a DuckDB file, or a PostgreSQL database.</summary>
internal static class TargetWarehouse
{
    // The engine has databases of these names already, and calls a file's otherwise.
    private static readonly string[] Renamed = ["system", "temp"];

    /// <exception cref="Kernel.Diagnostics.DiagnosticException">HW6xxx: it cannot be opened.</exception>
    public static async ValueTask<WarehouseHost> OpenAsync(
        ProjectFolder project,
        string home,
        CancellationToken cancellationToken
    )
    {
        return project.Target.Postgres is { } server
            ? await WarehouseHost.OpenPostgresAsync(
                OptionsOf(server, home) with
                {
                    MemoryLimit = MemoryOf(project),
                    Threads = project.Settings.Threads,
                },
                cancellationToken
            )
            : OpenFile(project, home);
    }

    /// <summary>The same for those who may have nothing to ask it: a file is opened with the first question.</summary>
    /// <exception cref="Kernel.Diagnostics.DiagnosticException">HW6xxx: a database cannot be reached.</exception>
    public static async ValueTask<WarehouseHost> OpenLaterAsync(
        ProjectFolder project,
        string home,
        CancellationToken cancellationToken
    )
    {
        var catalog = new DuckDbFile(FileOf(project, home)).Catalog;
        return project.Target.Postgres is not null || Renamed.Contains(catalog, StringComparer.OrdinalIgnoreCase)
            ? await OpenAsync(project, home, cancellationToken)
            : DeferredWarehouse.Of(DuckDbDialect.Instance, catalog, () => OpenFile(project, home));
    }

    /// <summary>The file of a DuckDB target: the profile's, else one in the home folder.</summary>
    public static string FileOf(ProjectFolder project, string home) =>
        project.Target.DuckDb?.Path ?? Path.Combine(home, "warehouse.duckdb");

    private static WarehouseHost OpenFile(ProjectFolder project, string home) =>
        WarehouseHost.OpenDuckDb(
            new DuckDbWarehouseOptions
            {
                Home = home,
                Path = FileOf(project, home),
                MemoryLimit = MemoryOf(project),
                Threads = project.Settings.Threads,
            }
        );

    private static string MemoryOf(ProjectFolder project) => $"{project.Settings.MemoryLimitMegabytes}MB";

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

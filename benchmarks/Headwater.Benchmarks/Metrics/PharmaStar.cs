using System.Globalization;
using Headwater.Benchmarks.Engine;
using Headwater.DuckDb.Database;
using Headwater.Kernel.Diagnostics;
using Headwater.Modeling;
using Headwater.Modeling.Building;
using Headwater.Platform;
using Headwater.Platform.Projects;
using Headwater.Project;
using Headwater.Project.Settings;
using Headwater.Query;
using Headwater.Query.Execution;
using Headwater.Warehouse;
using Headwater.Warehouse.DuckDb;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headwater.Benchmarks.Metrics;

/// <summary>
/// A made-up company's sales as a star, built and tested by a project as any other: 10M sales over five years, 500,000 customers, 2,000 products, 200
/// territories. And the same tables, copied file and all, in an engine without anything of ours around it.
/// </summary>
internal sealed class PharmaStar : IAsyncDisposable
{
    /// <summary>The regions that the reader may see: half of them.</summary>
    public static readonly string[] Regions = ["North", "East", "Coast", "Lakes"];

    private const int Threads = 2;

    private readonly BenchFolder _folder;
    private readonly DuckDbDatabase _bareDatabase;
    private readonly WarehouseHost _host;

    private PharmaStar(
        BenchFolder folder,
        LoadedProject project,
        WarehouseHost host,
        PlatformHost platform,
        DuckDbDatabase bare,
        long bytes
    )
    {
        _folder = folder;
        _host = host;
        _bareDatabase = bare;
        Project = project;
        Platform = platform;
        Bare = bare.Connect();
        Bytes = bytes;
    }

    public LoadedProject Project { get; }

    public PlatformHost Platform { get; }

    /// <summary>The same tables in a bare engine.</summary>
    public DuckDbConnection Bare { get; }

    /// <summary>The size of the warehouse's file.</summary>
    public long Bytes { get; }

    public static async Task<PharmaStar> OpenAsync(long sales, CancellationToken cancellationToken)
    {
        var folder = new BenchFolder();
        foreach (var (path, text) in PharmaProject.Files(sales))
        {
            var file = Path.Combine(folder.Path, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllTextAsync(file, text, cancellationToken);
        }

        var project = LoadedProject.Load(
            new ProjectOptions(folder.Path, null, SettingOverrides.None),
            new ModelingOptions(),
            withFiles: false
        );
        var home = Path.Combine(folder.Path, "home");
        var warehouse = Path.Combine(home, "warehouse.duckdb");
        var host = Open(home, warehouse);
        var built = await new ModelBuilder(host, project.Manifest, TimeProvider.System).BuildAsync(
            new BuildOptions { KeepPrevious = false },
            null,
            cancellationToken
        );
        if (!built.Succeeded)
        {
            throw new DiagnosticException(built.Diagnostics);
        }

        // Closed and opened again, so that the copy has all there is.
        await host.DisposeAsync();
        var copy = Path.Combine(home, "bare.duckdb");
        File.Copy(warehouse, copy);
        var bare = DuckDbDatabase.Open(
            copy,
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["threads"] = Threads.ToString(CultureInfo.InvariantCulture),
            }
        );
        var platform = await PlatformHost.OpenAsync(
            new PlatformOptions(home),
            TimeProvider.System,
            NullLogger.Instance,
            cancellationToken
        );
        return new PharmaStar(folder, project, Open(home, warehouse), platform, bare, new FileInfo(warehouse).Length);
    }

    /// <summary>Builds the project again, with its rollups.</summary>
    public async Task BuildRollupsAsync(CancellationToken cancellationToken)
    {
        var built = await new ModelBuilder(_host, Project.Manifest, TimeProvider.System).BuildAsync(
            new BuildOptions
            {
                KeepPrevious = false,
                Derived = DerivedTables.Of(Project, new Headwater.Kernel.Diagnostics.DiagnosticBag()),
            },
            null,
            cancellationToken
        );
        if (!built.Succeeded)
        {
            throw new DiagnosticException(built.Diagnostics);
        }
    }

    /// <summary>A gate over the tables, with the policy of the project.</summary>
    /// <param name="cacheBytes">0 turns the cache off.</param>
    public async Task<Gate> OpenGateAsync(long cacheBytes, CancellationToken cancellationToken)
    {
        var gate = new Gate(
            _host,
            QueryLimits.Default with
            {
                CacheBytes = cacheBytes,
            },
            Platform.Audit,
            TimeProvider.System
        );
        await gate.PublishAsync(Project.Metrics, Project.Folder.Roles, [], cancellationToken);
        return gate;
    }

    /// <summary>The session of somebody who may see half of the regions.</summary>
    public async Task<string> SignInAsync(CancellationToken cancellationToken)
    {
        var regions = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { ["regions"] = Regions };
        var user = await Platform.Users.AddAsync("reader", "Reader", null, ["reader"], regions, cancellationToken);
        var link = await Platform.SignIn.MakeLinkAsync(user, cancellationToken);
        return await Platform.SignIn.ByLinkAsync(link, null, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        Bare.Dispose();
        _bareDatabase.Dispose();
        await _host.DisposeAsync();
        await Platform.DisposeAsync();
        _folder.Dispose();
    }

    private static WarehouseHost Open(string home, string path) =>
        WarehouseHost.OpenDuckDb(
            new DuckDbWarehouseOptions
            {
                Home = home,
                Path = path,
                Threads = Threads,
            }
        );
}

using Headwater.Kernel.Diagnostics;
using Headwater.Modeling.Building;
using Headwater.Modeling.Graph;
using Headwater.Project;
using Headwater.Project.Settings;
using Headwater.Testing;
using Headwater.Warehouse;
using Headwater.Warehouse.DuckDb;
using Headwater.Warehouse.Port;

namespace Headwater.Modeling.Tests;

/// <summary>The engines that every feature of a build is tested on.</summary>
public enum TestEngine
{
    DuckDb,
    Postgres,
}

internal sealed class EveryEngine : TheoryData<TestEngine>
{
    public EveryEngine() => AddRange(TestEngine.DuckDb, TestEngine.Postgres);
}

/// <summary>A project in a folder of its own with a warehouse beside it; both go when the test ends.</summary>
internal sealed class TestProject : IAsyncDisposable
{
    private readonly string _home = Path.Combine(Path.GetTempPath(), "hw-modeling-" + Path.GetRandomFileName());
    private readonly ModelingWorkspace _workspace = new();

    private readonly PostgresDatabase? _database;
    private bool _inFile;

    public TestProject(params (string Path, string Text)[] files)
        : this(null, files) =>
        Host = WarehouseHost.OpenDuckDb(new DuckDbWarehouseOptions { Home = Path.Combine(_home, "home") });

    private TestProject(PostgresDatabase? database, (string Path, string Text)[] files)
    {
        _database = database;
        Write("dbt_project.yml", "name: shop\nprofile: shop\n");
        foreach (var (path, text) in files)
        {
            Write(path, text);
        }

        if (database is not null)
        {
            Write(
                "profiles.yml",
                $$"""
                shop:
                  target: dev
                  outputs:
                    dev:
                      {type: postgres, host: {{database.Server.Host}}, port: {{database.Server.Port}}, user: {{database.Server.User}},
                       password: "{{database.Server.Password}}", dbname: {{database.Name}}, schema: analytics, threads: 1}
                """
            );
        }
    }

    /// <summary>From now on the warehouse is a file of the home folder.</summary>
    public async Task UseFileAsync()
    {
        await CloseAsync();
        _inFile = true;
        await OpenAsync();
    }

    public async Task CloseAsync() => await Host.DisposeAsync();

    public async Task OpenAsync() =>
        Host = _database is not null
            ? await _database.OpenAsync(Home)
            : WarehouseHost.OpenDuckDb(
                new DuckDbWarehouseOptions
                {
                    Home = Home,
                    Path = _inFile ? Path.Combine(Home, "warehouse.duckdb") : null,
                }
            );

    public string Home => Path.Combine(_home, "home");

    /// <summary>The same on a chosen engine.</summary>
    public static async Task<TestProject> OnAsync(TestEngine engine, params (string Path, string Text)[] files)
    {
        if (engine == TestEngine.DuckDb)
        {
            return new TestProject(files);
        }

        var server = await PostgresServer.SharedAsync();
        var database = await server.CreateDatabaseAsync();
        var project = new TestProject(database, files);
        project.Host = await database.OpenAsync(project.Home);
        return project;
    }

    public WarehouseHost Host { get; private set; } = null!;

    public ModelingOptions Options { get; set; } = new();

    public string Root => Path.Combine(_home, "project");

    public TestProject Write(string path, string text)
    {
        var full = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
        return this;
    }

    public void Delete(string path) => File.Delete(Path.Combine(Root, path));

    public (Manifest Manifest, IReadOnlyList<Diagnostic> Diagnostics) Load()
    {
        var diagnostics = new DiagnosticBag();
        var project = ProjectFolder.Load(
            new ProjectOptions(Root, null, SettingOverrides.None) { Templates = new SettingTemplates(Options) },
            diagnostics
        )!;
        return (_workspace.Load(project, Options, diagnostics), diagnostics.Sorted());
    }

    public Manifest LoadClean()
    {
        var (manifest, diagnostics) = Load();
        Assert.Empty(diagnostics);
        return manifest;
    }

    public Task<BuildResult> BuildAsync(
        BuildOptions? options = null,
        IProgress<BuildEvent>? progress = null,
        CancellationToken cancellationToken = default
    ) =>
        new ModelBuilder(Host, LoadClean(), TimeProvider.System).BuildAsync(
            options ?? new BuildOptions(),
            progress,
            cancellationToken
        );

    public Task<string> CompileAsync(string model)
    {
        var manifest = LoadClean();
        return new ModelBuilder(Host, manifest, TimeProvider.System).CompileAsync(
            manifest.FindRef(model)!,
            CancellationToken.None
        );
    }

    /// <summary>Runs SQL in the warehouse.</summary>
    public async Task ExecuteAsync(string sql)
    {
        var connection = await Host.Warehouse.ConnectAsync(CancellationToken.None);
        await using (connection)
        {
            await connection.ExecuteAsync(sql, CancellationToken.None);
        }
    }

    /// <summary>The rows of a query as text: values with '|' between, rows with ';' between.</summary>
    public async Task<string> RowsAsync(string sql)
    {
        var connection = await Host.Warehouse.ConnectAsync(CancellationToken.None);
        await using (connection)
        {
            var table = await connection.QueryAsync(sql, CancellationToken.None);
            var rows = Enumerable
                .Range(0, (int)table.RowCount)
                .Select(row =>
                    string.Join('|', table.Columns.Select((_, column) => table.Value(row, column) ?? "NULL"))
                );
            return string.Join(';', rows);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }

        Directory.Delete(_home, recursive: true);
    }
}

internal static class BuildResults
{
    /// <summary>Name and status of each node, in order: <c>orders:Success</c>.</summary>
    public static string Statuses(this BuildResult result) =>
        string.Join(' ', result.Outcomes.Select(outcome => $"{outcome.Node.Name}:{outcome.Status}"));

    public static string Codes(this IEnumerable<Diagnostic> diagnostics) =>
        string.Join(' ', diagnostics.Select(diagnostic => diagnostic.Code));
}

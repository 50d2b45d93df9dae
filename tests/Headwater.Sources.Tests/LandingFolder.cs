using System.IO.Compression;
using System.Text;
using Headwater.Kernel.Diagnostics;
using Headwater.Project;
using Headwater.Project.Resources.Sources;
using Headwater.Project.Settings;
using Headwater.Sources.Landing;
using Headwater.Warehouse;
using Headwater.Warehouse.DuckDb;
using Headwater.Warehouse.Port;
using Headwater.Warehouse.Results;

namespace Headwater.Sources.Tests;

/// <summary>A project folder with a folder of data and a warehouse in a file, removed after the test.</summary>
internal sealed class LandingFolder : IAsyncDisposable
{
    private readonly string _root;
    private readonly bool _isOurs;
    private readonly LandingWarehouse _warehouse;
    private WarehouseHost? _host;
    private SourceLander? _lander;

    public LandingFolder(string? root = null, LandingWarehouse? warehouse = null)
    {
        _warehouse = warehouse ?? new DuckDbLandingWarehouse();
        _isOurs = root is null;
        _root = root ?? Directory.CreateTempSubdirectory("headwater-landing-").FullName;
        Directory.CreateDirectory(Data);
        Directory.CreateDirectory(Path.Combine(_root, "project", "sources"));
        File.WriteAllText(
            Path.Combine(_root, "project", "dbt_project.yml"),
            "name: landing\nversion: '1.0'\nprofile: landing\n"
        );
        File.WriteAllText(
            Path.Combine(_root, "project", "profiles.yml"),
            "landing:\n  target: dev\n  outputs:\n    dev: {type: duckdb, path: x.duckdb}\n"
        );
    }

    public string Root => _root;

    public LandingWarehouse Warehouse => _warehouse;

    public string Data => Path.Combine(_root, "data");

    /// <summary>The warehouse, which has to be open.</summary>
    public WarehouseHost Host => _host ?? throw new InvalidOperationException("The warehouse is not open.");

    public LandingLimits Limits { get; init; } = LandingLimits.Default;

    public SourceLander Lander => _lander ??= new SourceLander(Host, TimeProvider.System, Limits);

    public async Task OpenAsync() => _host ??= await _warehouse.OpenAsync(_root);

    public string PathOf(string name) => Path.Combine(Data, name);

    public LandingFolder Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    public LandingFolder Write(string name, byte[] bytes)
    {
        var path = PathOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return this;
    }

    public LandingFolder WriteGzip(string name, string text)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return Write(name, bytes.ToArray());
    }

    public LandingFolder Delete(string name)
    {
        File.Delete(PathOf(name));
        return this;
    }

    /// <summary>The source <c>s</c> with one stream <c>t</c>.</summary>
    /// <param name="stream">YAML of the stream in flow style, without its name, such as <c>files: "*.csv", load: append</c>.</param>
    /// <param name="rest">Further YAML of the source.</param>
    public SourceDefinition Define(string stream, string rest = "")
    {
        File.WriteAllText(
            Path.Combine(_root, "project", "sources", "s.yml"),
            $"source: s\nconnector: files\npath: {Data}\n{rest}\nstreams:\n  - {{name: t, {stream}}}\n"
        );
        var diagnostics = new DiagnosticBag();
        var project = ProjectFolder.Load(
            new ProjectOptions(Path.Combine(_root, "project"), null, SettingOverrides.None),
            diagnostics
        );
        diagnostics.ThrowIfErrors();
        return project!.Sources.Single();
    }

    public Task<StreamLanding> LandAsync(string stream, string rest = "") => LandAsync(Define(stream, rest));

    public async Task<StreamLanding> LandAsync(SourceDefinition source)
    {
        await OpenAsync();
        var reports = await Lander.LandAsync(source, progress: null, TestContext.Current.CancellationToken);
        var report = reports.Single();
        Assert.Equal(report.RowsRead, report.RowsLanded + report.RowsQuarantined);
        return report;
    }

    /// <summary>Lands what has to go well.</summary>
    public async Task<StreamLanding> LandCleanlyAsync(string stream, string rest = "")
    {
        var report = await LandAsync(stream, rest);
        Assert.Empty(report.Diagnostics);
        Assert.Equal(0, report.RowsQuarantined);
        return report;
    }

    /// <summary>Rows as texts: values joined by <c>|</c>, null as <c>∅</c>.</summary>
    public async Task<string[]> RowsAsync(string sql)
    {
        await OpenAsync();
        var connection = await _warehouse.ConnectAsync(Host, TestContext.Current.CancellationToken);
        await using (connection)
        {
            var table = await connection.QueryAsync(
                $"SELECT CAST(COLUMNS(*) AS VARCHAR) FROM ({sql})",
                TestContext.Current.CancellationToken
            );
            return [.. Texts(table)];
        }
    }

    public async Task<string> ValueAsync(string sql) => (await RowsAsync(sql)).Single();

    /// <summary>The landed rows in their order, without what landing adds.</summary>
    public Task<string[]> LandedAsync() =>
        RowsAsync("SELECT COLUMNS(c -> c NOT LIKE '\\_hw\\_%' ESCAPE '\\') FROM raw_s.t ORDER BY _hw_file, _hw_row");

    /// <summary>Names and types of the landed columns.</summary>
    public Task<string[]> ColumnsAsync() =>
        RowsAsync(
            """
            SELECT column_name || ' ' || data_type FROM information_schema.columns
            WHERE table_schema = 'raw_s' AND table_name = 't' AND column_name NOT LIKE '\_hw\_%' ESCAPE '\' ORDER BY ordinal_position
            """
        );

    public Task<string[]> QuarantineAsync(string columns = "line, original") =>
        RowsAsync($"SELECT {columns} FROM raw_s._quarantine ORDER BY _hw_file, line");

    public async ValueTask CloseAsync()
    {
        _lander?.Dispose();
        _lander = null;
        if (_host is not null)
        {
            await _host.DisposeAsync();
            _host = null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        await _warehouse.DisposeAsync();
        if (_isOurs)
        {
            Directory.Delete(_root, recursive: true);
        }
    }

    private static IEnumerable<string> Texts(ResultTable table)
    {
        for (long row = 0; row < table.RowCount; row++)
        {
            yield return string.Join(
                '|',
                Enumerable.Range(0, table.Columns.Count).Select(column => (string?)table.Value(row, column) ?? "∅")
            );
        }
    }
}

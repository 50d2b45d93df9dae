using System.Globalization;
using Headwater.Benchmarks.Engine;
using Headwater.DuckDb.Database;
using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Names;
using Headwater.Metrics.Semantics;
using Headwater.Project;
using Headwater.Project.Settings;
using Headwater.Query;
using Headwater.Query.Audit;
using Headwater.Query.Execution;
using Headwater.Warehouse;
using Headwater.Warehouse.DuckDb;
using Headwater.Warehouse.Port;
using Headwater.Warehouse.Publication;

namespace Headwater.Benchmarks.Serving;

/// <summary>A star of some size, published with metrics and a dashboard; and the same tables in a bare engine.</summary>
internal sealed class StarProject : IAsyncDisposable
{
    public const int Customers = 100_000;

    private const string Properties = """
        semantic_models:
          - name: sales
            model: ref('sales')
            defaults: {agg_time_dimension: sold_on}
            entities:
              - {name: sale, type: primary, expr: sale_id}
              - {name: customer, type: foreign, expr: customer_id}
              - {name: product, type: foreign, expr: product_id}
            dimensions:
              - {name: sold_on, type: time, type_params: {time_granularity: day}}
              - {name: channel, type: categorical}
            measures:
              - {name: revenue, agg: sum, expr: amount}
              - {name: sale_count, agg: count, expr: sale_id}
          - name: customers
            model: ref('customers')
            entities: [{name: customer, type: primary, expr: customer_id}]
            dimensions: [{name: region, type: categorical}]
          - name: products
            model: ref('products')
            entities: [{name: product, type: primary, expr: product_id}]
            dimensions: [{name: category, type: categorical}]
        metrics:
          - {name: revenue, type: simple, type_params: {measure: revenue}}
          - {name: sales, type: simple, type_params: {measure: sale_count}}
          - {name: average_sale, type: ratio, type_params: {numerator: revenue, denominator: sales}}
        """;

    private const string Access = """
        roles:
          - name: reader
            can: [view, explore]
            row_rules: [{dimension: customer__region, in: user.regions}]
        """;

    private const string Dashboard = """
        dashboard: star
        title: Star
        filters:
          - {dimension: metric_time, default: all time}
          - {dimension: customer__region}
        rows:
          - - {metric: revenue, chart: kpi}
            - {metric: sales, chart: kpi}
            - {metric: average_sale, chart: kpi}
          - - title: By month
              query: {metrics: [revenue], group_by: [metric_time__month]}
              chart: line
            - title: By region
              query: {metrics: [revenue], group_by: [customer__region]}
              chart: bar
        """;

    private readonly BenchFolder _folder;
    private readonly DuckDbDatabase _bareDatabase;
    private readonly MetricModel _metrics;

    private StarProject(
        BenchFolder folder,
        WarehouseHost host,
        Gate gate,
        ProjectFolder project,
        MetricModel metrics,
        DuckDbDatabase bare
    )
    {
        _metrics = metrics;
        _folder = folder;
        _bareDatabase = bare;
        Host = host;
        Gate = gate;
        Project = project;
        Bare = bare.Connect();
    }

    public WarehouseHost Host { get; }

    public Gate Gate { get; }

    public ProjectFolder Project { get; }

    /// <summary>The same tables in an engine of its own, without anything of ours between.</summary>
    public DuckDbConnection Bare { get; }

    public string Home => _folder.Path;

    /// <param name="rows">Sales.</param>
    /// <param name="cacheBytes">0 turns the cache off.</param>
    /// <param name="audit">Where questions are recorded.</param>
    public static async Task<StarProject> OpenAsync(
        long rows,
        long cacheBytes,
        IAuditSink audit,
        CancellationToken cancellationToken
    )
    {
        var folder = new BenchFolder();
        Write(folder, "dbt_project.yml", "name: star\n");
        Write(folder, "models/star.yml", Properties);
        Write(folder, "access/roles.yml", Access);
        Write(folder, "dashboards/star.yml", Dashboard);
        var diagnostics = new DiagnosticBag();
        var project = ProjectFolder.Load(new ProjectOptions(folder.Path, null, SettingOverrides.None), diagnostics)!;
        var metrics = MetricModel.Load(project, new Tables(), diagnostics);
        diagnostics.ThrowIfErrors();

        var host = WarehouseHost.OpenDuckDb(
            new DuckDbWarehouseOptions
            {
                Home = folder.Path,
                Path = Path.Combine(folder.Path, "star.duckdb"),
                Threads = 2,
            }
        );
        var connection = await host.Warehouse.ConnectAsync(cancellationToken);
        await using (connection)
        {
            await connection.ExecuteAsync(Load(rows), cancellationToken);
            await PublishedRelations.EnsureAsync(connection, cancellationToken);
            await PublishedVersions.EnsureAsync(connection, cancellationToken);
            var tables = Tables.All.Select(name => new RelationName("analytics", name)).ToList();
            await PublishedRelations.PutAsync(
                connection,
                tables.Select(table => new PublishedRelation(table, false, "model.star." + table.Name, [])),
                cancellationToken
            );
            await PublishedVersions.RaiseAsync(connection, tables, DateTimeOffset.UnixEpoch, cancellationToken);
        }

        var bare = DuckDbDatabase.Open(
            Path.Combine(folder.Path, "bare.duckdb"),
            new Dictionary<string, string>(StringComparer.Ordinal) { ["threads"] = "2" }
        );
        using (var loading = bare.Connect())
        {
            loading.Execute(Load(rows));
        }

        var gate = new Gate(host, QueryLimits.Default with { CacheBytes = cacheBytes }, audit, TimeProvider.System);
        await gate.PublishAsync(metrics, project.Roles, [], cancellationToken);
        return new StarProject(folder, host, gate, project, metrics, bare);
    }

    /// <summary>A further gate over the same tables, with a cache.</summary>
    public async Task<Gate> OpenCachedAsync(IAuditSink audit, CancellationToken cancellationToken)
    {
        var gate = new Gate(Host, QueryLimits.Default, audit, TimeProvider.System);
        await gate.PublishAsync(_metrics, Project.Roles, [], cancellationToken);
        return gate;
    }

    public async ValueTask DisposeAsync()
    {
        Gate.Dispose();
        Bare.Dispose();
        _bareDatabase.Dispose();
        await Host.DisposeAsync();
        _folder.Dispose();
    }

    private static string Load(long rows) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"""
            create schema analytics;
            create table analytics.customers as
                select i::int as customer_id, ['North', 'East', 'South', 'West'][1 + (hash(i) % 4)::int] as region from range({Customers}) t(i);
            create table analytics.products as
                select i::int as product_id, 'category ' || (hash(i) % 20) as category from range(2000) t(i);
            create table analytics.sales as
                select i as sale_id, (hash(i * 3) % {Customers})::int as customer_id, (hash(i * 5) % 2000)::int as product_id,
                    date '2020-01-01' + (i * 1826 // {rows})::int as sold_on, ((hash(i * 7) % 100000) / 100.0)::decimal(18, 2) as amount,
                    ['web', 'shop', 'partner'][1 + (hash(i * 11) % 3)::int] as channel
                from range({rows}) t(i);
            checkpoint;
            """
        );

    private static void Write(BenchFolder folder, string path, string text)
    {
        var file = Path.Combine(folder.Path, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    private sealed class Tables : IModelRelations
    {
        public static readonly string[] All = ["sales", "customers", "products"];

        public IReadOnlyCollection<string> Names => All;

        public RelationName? Find(string modelName) =>
            All.Contains(modelName) ? new RelationName("analytics", modelName) : null;
    }
}

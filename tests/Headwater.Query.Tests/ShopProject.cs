using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Names;
using Headwater.Metrics.Semantics;
using Headwater.Project;
using Headwater.Project.Settings;
using Headwater.Query.Audit;
using Headwater.Query.Execution;
using Headwater.Query.Masking;
using Headwater.Testing;
using Headwater.Warehouse;
using Headwater.Warehouse.DuckDb;
using Headwater.Warehouse.Port;
using Headwater.Warehouse.Publication;

namespace Headwater.Query.Tests;

/// <summary>A small published project: orders of customers in regions, with a role that sees only its regions.</summary>
internal sealed class ShopProject : IAsyncDisposable
{
    private const string Properties = """
        semantic_models:
          - name: orders
            model: ref('orders')
            defaults: {agg_time_dimension: ordered_at}
            entities:
              - {name: order, type: primary, expr: order_id}
              - {name: customer, type: foreign, expr: customer_id}
            dimensions:
              - {name: ordered_at, type: time, type_params: {time_granularity: day}}
              - {name: status, type: categorical}
            measures:
              - {name: revenue, agg: sum, expr: amount}
              - {name: order_count, agg: count, expr: order_id}
          - name: customers
            model: ref('customers')
            entities:
              - {name: customer, type: primary, expr: customer_id}
            dimensions:
              - {name: region, type: categorical}
              - {name: name, type: categorical}
          - name: visits
            model: ref('visits')
            defaults: {agg_time_dimension: visited_at}
            entities:
              - {name: visit, type: primary, expr: visit_id}
              - {name: customer, type: foreign, expr: customer_id}
            dimensions:
              - {name: visited_at, type: time, type_params: {time_granularity: day}}
            measures:
              - {name: visit_count, agg: count, expr: visit_id}
              - {name: visitors, agg: count_distinct, expr: customer_id}
              - {name: median_seconds, agg: median, expr: seconds}
          - name: products
            model: ref('products')
            entities:
              - {name: product, type: primary, expr: product_id}
            dimensions:
              - {name: title, type: categorical}
        metrics:
          - {name: revenue, type: simple, type_params: {measure: revenue}}
          - {name: orders, type: simple, type_params: {measure: order_count}}
          - name: paid_orders
            type: simple
            type_params: {measure: order_count}
            filter: "{{ Dimension('order__status') }} = 'paid'"
          - {name: visits, type: simple, type_params: {measure: visit_count}}
          - {name: visitors, type: simple, type_params: {measure: visitors}}
          - {name: median_seconds, type: simple, type_params: {measure: median_seconds}}
          - name: revenue_per_visit
            type: derived
            type_params: {expr: "revenue / nullif(all_visits, 0)", metrics: [revenue, {name: visits, alias: all_visits}]}
          - {name: paid_share, type: ratio, type_params: {numerator: paid_orders, denominator: orders}}
        """;

    private const string Access = """
        roles:
          - name: analyst
            can: [view, explore, sql]
          - name: rep
            can: [view, explore, sql]
            row_rules:
              - {dimension: customer__region, in: user.regions}
          - name: viewer
            can: [view]
          - name: support
            can: [view, explore, sql]
            masks:
              - {tag: pii, with: hash}
          - name: clerk
            can: [view, explore, sql]
            masks:
              - {column: customers.name, with: redact}
              - {model: products, with: partial, keep: 2}
              - {column: orders.amount, with: null}
          - name: officer
            can: [view]
            clears:
              - {tag: pii}
          - name: eastern_support
            can: [view, explore, sql]
            row_rules:
              - {dimension: customer__region, in: user.regions}
            masks:
              - {tag: pii, with: hash}
            unrestricted: [products]
        """;

    private const string Data = """
        CREATE SCHEMA analytics;
        CREATE SCHEMA raw_shop;
        CREATE SCHEMA private;
        CREATE TABLE analytics.customers AS SELECT * FROM (VALUES (1, 'East', 'Ada'), (2, 'West', 'Bob'), (3, NULL, 'Eve')) v(customer_id, region, name);
        CREATE TABLE analytics.orders AS SELECT * FROM (VALUES
            (1, 1, DATE '2025-01-05', 'paid', 10.0), (2, 1, DATE '2025-02-10', 'open', 20.0),
            (3, 2, DATE '2025-02-11', 'paid', 40.0), (4, 3, DATE '2025-03-01', 'paid', 80.0), (5, NULL, NULL, 'open', 160.0)
        ) v(order_id, customer_id, ordered_at, status, amount);
        CREATE TABLE analytics.visits AS SELECT * FROM (VALUES
            (1, 1, DATE '2025-01-02', 30), (2, 1, DATE '2025-02-02', 50), (3, 2, DATE '2025-04-01', 10), (4, NULL, NULL, 70)
        ) v(visit_id, customer_id, visited_at, seconds);
        CREATE TABLE analytics.products AS SELECT * FROM (VALUES (1, 'Kettle')) v(product_id, title);
        CREATE VIEW analytics.order_names AS SELECT o.order_id, c.name FROM analytics.orders o JOIN analytics.customers c USING (customer_id);
        CREATE TABLE raw_shop.orders AS SELECT 1 AS id;
        CREATE TABLE private.secrets AS SELECT 'hunter2' AS secret;
        """;

    private static readonly string[] Tables = ["orders", "customers", "products", "order_names", "visits"];

    private static readonly ClassifiedColumn[] Classified =
    [
        new(new RelationName("analytics", "customers"), "name", ["pii"], []),
    ];

    private readonly string _folder;
    private readonly PostgresDatabase? _database;

    private readonly Func<Task> _publish;

    private ShopProject(
        string folder,
        WarehouseHost host,
        PostgresDatabase? database,
        Gate gate,
        AuditTrail audit,
        Func<Task> publish
    )
    {
        _publish = publish;
        _folder = folder;
        _database = database;
        Host = host;
        Gate = gate;
        Audit = audit;
    }

    public static Principal Administrator => Principal.Operator;

    public static Principal Analyst => new("ann", "Ann", ["analyst"], NoAttributes);

    public static Principal Viewer => new("vic", "Vic", ["viewer"], NoAttributes);

    public WarehouseHost Host { get; }

    public IWarehouse Warehouse => Host.Warehouse;

    public Gate Gate { get; }

    public required MetricModel Metrics { get; init; }

    public AuditTrail Audit { get; }

    private static Dictionary<string, IReadOnlyList<string>> NoAttributes => [];

    public static Principal Rep(params string[] regions) =>
        new(
            "rep-" + string.Join('-', regions),
            "Rep",
            ["rep"],
            new Dictionary<string, IReadOnlyList<string>> { ["regions"] = regions }
        );

    public static Task<ShopProject> OpenAsync(QueryLimits? limits = null) => OpenAsync(limits, null);

    /// <summary>The shop with another file of properties, on an engine.</summary>
    public static async Task<ShopProject> OpenWithAsync(string properties, bool onPostgres) =>
        await OpenAsync(
            null,
            onPostgres ? await (await PostgresServer.SharedAsync()).CreateDatabaseAsync() : null,
            properties
        );

    public static async Task<ShopProject> OpenOnPostgresAsync(QueryLimits? limits = null) =>
        await OpenAsync(limits, await (await PostgresServer.SharedAsync()).CreateDatabaseAsync());

    /// <summary>Other tables under another model, with other roles.</summary>
    public static async Task<ShopProject> OpenOtherAsync(
        string properties,
        string data,
        IReadOnlyCollection<string> tables,
        bool onPostgres,
        string? access = null,
        IReadOnlyList<ClassifiedColumn>? classified = null
    )
    {
        var database = onPostgres ? await (await PostgresServer.SharedAsync()).CreateDatabaseAsync() : null;
        var folder = Directory.CreateTempSubdirectory("headwater-shop-").FullName;
        Write(folder, "models/shop.yml", properties);
        if (access is not null)
        {
            Write(folder, "access/roles.yml", access);
        }

        return await OpenAsync(folder, null, database, data, tables, classified ?? []);
    }

    private static Task<ShopProject> OpenAsync(
        QueryLimits? limits,
        PostgresDatabase? database,
        string? properties = null
    )
    {
        var folder = Directory.CreateTempSubdirectory("headwater-shop-").FullName;
        Write(folder, "models/shop.yml", Properties);
        Write(folder, "access/roles.yml", Access);
        if (properties is not null)
        {
            Write(folder, "models/more.yml", properties);
        }

        return OpenAsync(folder, limits, database, Data, Tables, Classified);
    }

    private static async Task<ShopProject> OpenAsync(
        string folder,
        QueryLimits? limits,
        PostgresDatabase? database,
        string data,
        IReadOnlyCollection<string> names,
        IReadOnlyList<ClassifiedColumn> classified
    )
    {
        Write(folder, "dbt_project.yml", "name: shop");
        var diagnostics = new DiagnosticBag();
        var project = ProjectFolder.Load(new ProjectOptions(folder, null, SettingOverrides.None), diagnostics)!;
        var metrics = MetricModel.Load(project, new Models(names), diagnostics);
        diagnostics.ThrowIfErrors();

        var home = Path.Combine(folder, "home");
        var host = database is null
            ? WarehouseHost.OpenDuckDb(new DuckDbWarehouseOptions { Home = home })
            : await database.OpenAsync(home);
        await using (var connection = await host.Warehouse.ConnectAsync(default))
        {
            await connection.ExecuteAsync(data, default);
            await PublishedRelations.EnsureAsync(connection, default);
            await PublishedVersions.EnsureAsync(connection, default);
            var tables = names.Select(name => new RelationName("analytics", name)).ToList();
            await PublishedRelations.PutAsync(
                connection,
                tables.Select(name => new PublishedRelation(
                    name,
                    name.Name == "order_names",
                    "model.shop." + name.Name,
                    name.Name == "order_names" ? [tables[0], tables[1]] : []
                )),
                default
            );
            await PublishedVersions.RaiseAsync(connection, tables, DateTimeOffset.UnixEpoch, default);
        }

        var audit = new AuditTrail();
        var gate = new Gate(host, limits ?? QueryLimits.Default, audit, TimeProvider.System);
        Task PublishAsync() => gate.PublishAsync(metrics, project.Roles, classified, default);
        await PublishAsync();
        return new ShopProject(folder, host, database, gate, audit, PublishAsync) { Metrics = metrics };
    }

    /// <summary>Lets the gate take over what is in the warehouse now.</summary>
    public Task PublishAsync() => _publish();

    public async Task<Reply> AskAsync(Question question, Principal principal, QuestionPath path = QuestionPath.Api) =>
        await Gate.AskAsync(new Inquiry(question, principal, path, null), default);

    public Task<Reply> SqlAsync(string sql, Principal principal) => AskAsync(new SqlQuestion(sql), principal);

    public async Task<Diagnostic> RefusalAsync(string sql, Principal principal) =>
        (await Assert.ThrowsAsync<DiagnosticException>(() => SqlAsync(sql, principal))).Diagnostic;

    /// <summary>Changes a published table as a build would: rows and version in one transaction.</summary>
    public async Task ChangeAsync(string sql, string table)
    {
        await using var connection = await Warehouse.ConnectAsync(default);
        await connection.BeginAsync(default);
        await connection.ExecuteAsync(sql, default);
        await PublishedVersions.RaiseAsync(
            connection,
            [new RelationName("analytics", table)],
            DateTimeOffset.UnixEpoch,
            default
        );
        await connection.CommitAsync(default);
        await Warehouse.RefreshVersionsAsync(default);
    }

    public async ValueTask DisposeAsync()
    {
        Gate.Dispose();
        await Host.DisposeAsync();
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private static void Write(string folder, string path, string text)
    {
        var file = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    private sealed class Models(IReadOnlyCollection<string> names) : IModelRelations
    {
        public IReadOnlyCollection<string> Names => names;

        public RelationName? Find(string modelName) =>
            names.Contains(modelName) ? new RelationName("analytics", modelName) : null;
    }
}

internal sealed class AuditTrail : IAuditSink
{
    private readonly List<AuditRecord> _records = [];

    public IReadOnlyList<AuditRecord> Records => _records;

    public void Record(AuditRecord record)
    {
        lock (_records)
        {
            _records.Add(record);
        }
    }
}

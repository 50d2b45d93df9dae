using System.Net;
using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Names;
using Headwater.Metrics.Semantics;
using Headwater.Platform;
using Headwater.Platform.Runs;
using Headwater.Project;
using Headwater.Project.Settings;
using Headwater.Query;
using Headwater.Query.Execution;
using Headwater.Sql.Lineage;
using Headwater.Warehouse;
using Headwater.Warehouse.DuckDb;
using Headwater.Warehouse.Port;
using Headwater.Warehouse.Publication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headwater.Server.Tests;

/// <summary>
/// A whole server on a free port of this machine, over a real gate and warehouse: the sales pack's definitions, with tables of the same
/// shape filled by formula, so that every number is known. Shared by the tests of a class.
/// </summary>
public class SalesServer : IAsyncLifetime
{
    private const string Extras = """
        dashboard: corners
        title: A dashboard of corner cases, whose title is far too long for any one line of any one screen that it could ever be shown on
        description: Long names, empty results, questions that are refused.
        filters:
          - {dimension: metric_time, default: all time}
          - {dimension: account__sector, title: Sector}
        rows:
          - - {metric: won_revenue, chart: kpi, compare: previous_year}
            - {metric: won_opportunities, chart: kpi, compare: previous_year}
            - {metric: open_pipeline, chart: kpi}
          - - title: Refused
              query: {metrics: [won_revenu], group_by: [metric_time__month]}
              chart: line
            - title: Empty
              query: {metrics: [won_revenue], group_by: [product__series], where: ["product__series = 'none'"]}
              chart: bar
          - - title: Pipeline by stage
              query: {metrics: [opportunities], group_by: [opportunity__deal_stage]}
              chart: funnel
              width: 4
            - title: Share by office
              query: {metrics: [won_revenue], group_by: [sales_agent__regional_office]}
              chart: pie
              width: 4
            - title: Deals by series
              query: {metrics: [won_opportunities], group_by: [metric_time__quarter, product__series]}
              chart: {type: bar, stack: true}
              width: 4
          - - title: By SQL
              sql: select regional_office, count(*) as agents from marts.sales_agents group by 1 order by 1
              chart: table
            - title: Win rate by office
              query: {metrics: [win_rate], group_by: [metric_time__quarter, sales_agent__regional_office]}
              chart: line
        """;

    // 3,000 opportunities in 24 months: of each five, two are won, one lost, one engaging, one prospecting.
    private protected const string Data = """
        CREATE SCHEMA marts;
        CREATE TABLE marts.products AS SELECT * FROM (VALUES
          ('gtxpro', 'GTX Pro', 'GTX', 4821), ('gtxbasic', 'GTX Basic', 'GTX', 550), ('mgadvanced', 'MG Advanced', 'MG', 3393),
          ('mgspecial', 'MG Special', 'MG', 55), ('gtk500', 'GTK 500', 'GTK', 26768)
        ) v(product_key, product_name, series, list_price);
        CREATE TABLE marts.sales_agents AS
          SELECT 'Agent ' || i || CASE WHEN i = 7 THEN ' Wolfeschlegelsteinhausenbergerdorff-Montgomery the Third of Western Territories' ELSE '' END AS sales_agent_name,
                 'Manager ' || (i % 6) AS manager_name, ['West', 'Central', 'East'][i % 3 + 1] AS regional_office
          FROM range(30) t(i);
        CREATE TABLE marts.accounts AS
          SELECT 'Account ' || i AS account_name, ['retail', 'medical', 'software', 'finance', 'it''s, "odd" \ one', 'telecommunications'][i % 6 + 1] AS sector,
                 'United States' AS country
          FROM range(80) t(i);
        CREATE TABLE marts.opportunities AS
          SELECT 'O' || i AS opportunity_id, a.sales_agent_name,
                 ['gtxpro', 'gtxbasic', 'mgadvanced', 'mgspecial', 'gtk500'][i % 5 + 1] AS product_key,
                 CASE WHEN i % 7 = 0 THEN NULL ELSE 'Account ' || (i % 80) END AS account_name,
                 ['Won', 'Won', 'Lost', 'Engaging', 'Prospecting'][i // 5 % 5 + 1] AS deal_stage,
                 CASE WHEN i // 5 % 5 = 4 THEN NULL ELSE DATE '2016-01-01' + CAST(i * 730 // 3000 AS INTEGER) END AS engaged_on,
                 CASE WHEN i // 5 % 5 < 3 THEN DATE '2016-01-01' + CAST(i * 730 // 3000 AS INTEGER) END AS closed_on,
                 CASE WHEN i // 5 % 5 < 2 THEN 1000 + CAST(400 * sin(i / 160.0) AS INTEGER) + i % 97 WHEN i // 5 % 5 = 2 THEN 0 END AS close_value,
                 CASE WHEN i // 5 % 5 >= 3 THEN 500 END AS open_value
          FROM range(3000) t(i) JOIN marts.sales_agents a ON a.sales_agent_name LIKE 'Agent ' || (i * 7 % 30) || '%' AND (i * 7 % 30 > 2 OR length(a.sales_agent_name) = 7);
        """;

    private protected static readonly string[] Tables = ["accounts", "opportunities", "products", "sales_agents"];

    private readonly string _folder = Directory.CreateTempSubdirectory("headwater-server-").FullName;
    private WebApplication _app = null!;
    private WarehouseHost _warehouse = null!;
    private Gate _gate = null!;
    private Func<Task> _publish = null!;

    public const string Password = "correct horse battery staple";

    /// <summary>The address, without a slash at the end.</summary>
    public string Address { get; private set; } = "";

    internal string Home => Path.Combine(_folder, "home");

    internal PlatformHost Platform { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var project = Load();
        _warehouse = await PublishAsync(Home);
        var options = new PlatformOptions(Home) { AdministratorPassword = Password };
        Platform = await PlatformHost.OpenAsync(options, TimeProvider.System, NullLogger.Instance, default);
        await Platform.EnsureAdministratorAsync(options, default);
        await Platform.Users.AddAsync(
            "ann",
            "Ann of the West",
            Password,
            ["sales_rep"],
            new Dictionary<string, IReadOnlyList<string>> { ["regional_offices"] = ["West"] },
            default
        );
        await Platform.Users.AddAsync(
            "nobody",
            "Nobody",
            Password,
            [],
            new Dictionary<string, IReadOnlyList<string>>(),
            default
        );
        await Platform.Users.AddAsync(
            "vic",
            "Vic",
            Password,
            ["viewer"],
            new Dictionary<string, IReadOnlyList<string>>(),
            default
        );
        await AddRunsAsync();

        _gate = new Gate(_warehouse, QueryLimits.Default, Platform.Audit, TimeProvider.System);
        var diagnostics = new DiagnosticBag();
        var metrics = MetricModel.Load(project, new Marts(), diagnostics);
        diagnostics.ThrowIfErrors();
        _publish = () => _gate.PublishAsync(metrics, project.Roles, [], default);
        await _publish();

        _app = HeadwaterServer.Build(
            new ServerOptions { Port = 0 },
            new ServerParts(_gate, () => project, Platform, TimeProvider.System)
        );
        await _app.StartAsync();
        var addresses = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        Address = addresses.Addresses.First();
    }

    public virtual async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _gate.Dispose();
        await Platform.DisposeAsync();
        await _warehouse.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Publishes all again, as a build does: nothing is in the cache after it.</summary>
    internal Task PublishAgainAsync() => _publish();

    /// <summary>A client without a session. It follows no redirects.</summary>
    public HttpClient Stranger()
    {
        // Owned by the client, which disposes it.
#pragma warning disable CA2000
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() };
#pragma warning restore CA2000
        return new HttpClient(handler) { BaseAddress = new Uri(Address) };
    }

    /// <summary>A client that is signed in.</summary>
    public async Task<HttpClient> SignedInAsync(string name = "admin")
    {
        var client = Stranger();
        using var form = new FormUrlEncodedContent(
            new Dictionary<string, string> { ["name"] = name, ["password"] = Password }
        );
        using var answer = await client.PostAsync(new Uri("/sign-in", UriKind.Relative), form);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return client;
    }

    private ProjectFolder Load()
    {
        var folder = Path.Combine(_folder, "project");
        Directory.CreateDirectory(Path.Combine(folder, "dashboards"));
        File.WriteAllText(
            Path.Combine(folder, "dbt_project.yml"),
            "name: demo\nheadwater: {notice: Everything here is made up.}"
        );
        File.WriteAllText(
            Path.Combine(folder, "packages.yml"),
            $"packages: [{{local: \"{Repository.Folder("packs/sales")}\"}}]"
        );
        File.WriteAllText(Path.Combine(folder, "dashboards", "corners.yml"), Extras);
        Directory.CreateDirectory(Path.Combine(folder, "access"));
        File.WriteAllText(Path.Combine(folder, "access", "roles.yml"), "roles: [{name: viewer, can: [view]}]");
        Directory.CreateDirectory(Path.Combine(folder, "data", "crm"));
        var diagnostics = new DiagnosticBag();
        var project = ProjectFolder.Load(new ProjectOptions(folder, null, SettingOverrides.None), diagnostics);
        return project ?? throw new InvalidOperationException(string.Join('\n', diagnostics.Sorted()));
    }

    private protected virtual Task<WarehouseHost> OpenAsync(string home) =>
        Task.FromResult(WarehouseHost.OpenDuckDb(new DuckDbWarehouseOptions { Home = home }));

    private protected virtual async Task MakeTablesAsync(WarehouseHost host, IWarehouseConnection connection) =>
        await connection.ExecuteAsync(Data, default);

    private async Task<WarehouseHost> PublishAsync(string home)
    {
        var host = await OpenAsync(home);
        await using var connection = await host.Warehouse.ConnectAsync(default);
        await MakeTablesAsync(host, connection);
        await PublishedRelations.EnsureAsync(connection, default);
        await PublishedVersions.EnsureAsync(connection, default);
        var names = Tables.Select(name => new RelationName("marts", name)).ToList();
        await PublishedRelations.PutAsync(
            connection,
            names.Select(name => new PublishedRelation(name, false, "model.sales." + name.Name, [])),
            default
        );
        await PublishedVersions.RaiseAsync(connection, names, DateTimeOffset.UnixEpoch, default);
        await PublishedLineage.EnsureAsync(connection, default);
        await PublishedLineage.PutAsync(
            connection,
            host.Warehouse.Dialect,
            1,
            [.. Lineages().Select(item => new PublishedLineageRow(item.Relation, "", LineageJson.Text(item)))],
            default
        );
        return host;
    }

    // The way from a list price and an office to a close value leads through a table that row rules do not reach.
    private static IEnumerable<RelationLineage> Lineages()
    {
        yield return new RelationLineage(
            new RelationName("marts", "opportunities"),
            "model.sales.opportunities",
            [
                new LineageColumn("opportunity_id", [Input("raw_crm.deals.id", InputKind.Copied)], Complete: true),
                new LineageColumn("close_value", [Input("staging.deals.value", InputKind.Copied)], Complete: true),
            ],
            [Column("staging.deals.stage"), Column("marts.sales_agents.sales_agent_name")],
            ["HW2911 in line 1, column 1 of the compiled SQL: There is no column secret_note here."]
        );
        yield return new RelationLineage(
            new RelationName("staging", "deals"),
            "model.sales.deals",
            [
                new LineageColumn(
                    "value",
                    [
                        Input("marts.products.list_price", InputKind.Transformed),
                        Input("marts.sales_agents.regional_office", InputKind.Condition),
                    ],
                    Complete: true
                ),
            ],
            [],
            []
        );

        static LineageInput Input(string column, InputKind kind) => new(Column(column), kind);

        static ColumnName Column(string text) =>
            text.Split('.') is [var schema, var relation, var column]
                ? new ColumnName(new RelationName(schema, relation), column)
                : throw new ArgumentException(text, nameof(text));
    }

    private async Task AddRunsAsync()
    {
        var now = DateTimeOffset.UtcNow;
        var run = await Platform.Runs.StartAsync(RunKind.Build, "schedule", default);
        await Platform.Runs.AddLandingsAsync(
            run,
            [
                new LandingResult(
                    "crm",
                    "opportunities",
                    RunState.Warned,
                    now.AddMinutes(-3),
                    TimeSpan.FromMilliseconds(840),
                    1,
                    8800,
                    8797,
                    3,
                    "3 rows could not be read."
                ),
                new LandingResult(
                    "crm",
                    "accounts",
                    RunState.Succeeded,
                    now.AddMinutes(-3),
                    TimeSpan.FromMilliseconds(31),
                    1,
                    85,
                    85,
                    0,
                    null
                ),
                new LandingResult(
                    "crm",
                    "products",
                    RunState.Succeeded,
                    now.AddMinutes(-3),
                    TimeSpan.FromMilliseconds(12),
                    1,
                    7,
                    7,
                    0,
                    null
                ),
                new LandingResult(
                    "crm",
                    "sales_teams",
                    RunState.Succeeded,
                    now.AddMinutes(-3),
                    TimeSpan.FromMilliseconds(14),
                    1,
                    35,
                    35,
                    0,
                    null
                ),
            ],
            default
        );
        await Platform.Runs.AddNodesAsync(
            run,
            [
                new NodeResult("opportunities", "model", RunState.Succeeded, TimeSpan.FromMilliseconds(64), 8797, null),
                new NodeResult(
                    "unique_opportunities_opportunity_id",
                    "test",
                    RunState.Failed,
                    TimeSpan.FromMilliseconds(5),
                    2,
                    "2 rows are not unique."
                ),
            ],
            default
        );
        await Platform.Runs.FinishAsync(run, RunState.Failed, "1 test failed: nothing was published.", default);
    }

    private sealed class Marts : IModelRelations
    {
        public IReadOnlyCollection<string> Names => Tables;

        public RelationName? Find(string modelName) =>
            Tables.Contains(modelName) ? new RelationName("marts", modelName) : null;
    }
}

/// <summary>The repository that the tests were built from.</summary>
internal static class Repository
{
    /// <summary>A folder of the real data beside the repository, or null where there is none.</summary>
    public static string? SharedData(string name)
    {
        for (var folder = new DirectoryInfo(Folder("")); folder is not null; folder = folder.Parent)
        {
            var data = Path.Combine(folder.FullName, "shared", "data", name);
            if (Directory.Exists(data))
            {
                return data;
            }
        }

        return null;
    }

    public static string Folder(string path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Headwater.slnx")))
            {
                return Path.Combine(folder.FullName, path);
            }
        }

        throw new InvalidOperationException("The tests do not run from within the repository.");
    }
}

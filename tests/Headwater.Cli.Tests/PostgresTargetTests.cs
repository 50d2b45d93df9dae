using System.Globalization;
using Headwater.Testing;

namespace Headwater.Cli.Tests;

/// <summary>The command line with a target of type postgres.</summary>
public sealed class PostgresTargetTests : IAsyncLifetime
{
    private readonly CommandLineSession _session = new();
    private PostgresDatabase _database = null!;

    private string Pack => Path.Combine(CommandLineSession.RepositoryRoot, "packs", "sales");

    public async ValueTask InitializeAsync()
    {
        _database = await (await PostgresServer.SharedAsync()).CreateDatabaseAsync();
        WriteProfiles(_database.Server.Password, _database.Server.Port, _database.Name);
    }

    public async ValueTask DisposeAsync()
    {
        _session.Dispose();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task A_new_project_builds_and_answers_there()
    {
        await _session.RunAsync("init", "shop");
        _session.Write("shop/profiles.yml", Profile("shop", _database.Server.Password, _database.Server.Port));

        var built = await _session.RunAsync("build", "--project", "shop");
        var asked = await _session.RunAsync("query", "--project", "shop", "--metrics", "revenue", "--output", "csv");
        _session.Write(
            "shop/data/orders_2.csv",
            "order_id,ordered_on,customer,region,amount\n7,2026-04-01,Fjord Works,North,1000\n"
        );
        var again = await _session.RunAsync("build", "--project", "shop");
        var after = await _session.RunAsync("query", "--project", "shop", "--metrics", "revenue", "--output", "csv");
        var sql = await _session.RunAsync("sql", "--project", "shop", "select 1");

        Assert.True(built.Exit == 0, built.Error);
        Assert.Contains("712.5", asked.Out, StringComparison.Ordinal);
        Assert.True(again.Exit == 0, again.Error);
        Assert.Contains("1712.5", after.Out, StringComparison.Ordinal);
        Assert.Equal(1, sql.Exit);
        Assert.Contains("HW5114", sql.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_session.Folder, "shop/.headwater/warehouse.duckdb")));
    }

    [Fact]
    public async Task The_metrics_give_the_known_totals_of_the_real_export()
    {
        Assert.SkipUnless(
            CommandLineSession.RealData("crm") is not null,
            "the real CRM export is not beside this repository"
        );
        var built = await RunAsync("build", "--set", $"sources.crm.path={CommandLineSession.RealData("crm")}");
        Assert.True(built.Exit == 0, built.Error);
        Assert.Contains("8,800 rows from 1 file", built.Error, StringComparison.Ordinal);
        foreach (
            var (metric, more, expected) in ((string, string[], string)[])
                [
                    ("opportunities", [], "8800"),
                    (
                        "opportunities",
                        ["--group-by", "opportunity__deal_stage"],
                        "Engaging,1589 Lost,2473 Prospecting,500 Won,4238"
                    ),
                    ("won_revenue", [], "10005534.00"),
                    (
                        "won_revenue",
                        ["--group-by", "sales_agent__regional_office"],
                        "Central,3346293.00 East,3090594.00 West,3568647.00"
                    ),
                    ("won_revenue", ["--where", "metric_time__month = '2017-03-01'"], "1134672.00"),
                    ("opportunities", ["--where", "account__name is null"], "1425"),
                    ("opportunities", ["--where", "metric_time is null"], "500"),
                    ("won_opportunities", [], "4238"),
                    ("open_pipeline", [], "4966215.00"),
                    ("won_revenue,opportunities,open_pipeline", [], "10005534.00,8800,4966215.00"),
                    ("win_rate", [], (4238.0 / (4238 + 2473)).ToString("R", CultureInfo.InvariantCulture)),
                ]
        )
        {
            var answer = await RunAsync(["query", "--metrics", metric, "--output", "csv", .. more]);
            Assert.True(answer.Exit == 0, answer.Error);
            var rows = answer.Out.Split(["\r\n", "\n"], StringSplitOptions.RemoveEmptyEntries).Skip(1);
            Assert.Equal(expected, string.Join(' ', rows));
        }

        var again = await RunAsync("build", "--set", $"sources.crm.path={CommandLineSession.RealData("crm")}");
        Assert.Contains("nothing new", again.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("wrong", null, null, "HW6006")]
    [InlineData(null, 9, null, "HW6005")]
    [InlineData(null, null, "nowhere", "HW6007")]
    public async Task A_server_that_does_not_let_us_in_is_one_diagnostic(
        string? password,
        int? port,
        string? database,
        string code
    )
    {
        WriteProfiles(password ?? _database.Server.Password, port ?? _database.Server.Port, database ?? _database.Name);
        var refused = await RunAsync("query", "--metrics", "opportunities");
        Assert.Equal(1, refused.Exit);
        Assert.Contains(code, refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(_database.Server.Password, refused.Error + refused.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", refused.Error, StringComparison.Ordinal);
    }

    private Task<Result> RunAsync(params string[] arguments) =>
        _session.RunAsync([
            .. arguments,
            "--project",
            Pack,
            "--home",
            Path.Combine(_session.Folder, "home"),
            "--profiles-dir",
            _session.Folder,
            "--target",
            "there",
        ]);

    private void WriteProfiles(string password, int port, string database) =>
        _session.Write("profiles.yml", Profile("headwater", password, port, database));

    private string Profile(string name, string password, int port, string? database = null) =>
        $$"""
            {{name}}:
              target: there
              outputs:
                there:
                  type: postgres
                  host: {{_database.Server.Host}}
                  port: {{port}}
                  user: {{_database.Server.User}}
                  password: "{{password}}"
                  dbname: {{database ?? _database.Name}}
                  schema: analytics
            """;
}

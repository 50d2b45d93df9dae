namespace Headwater.Cli.Tests;

/// <summary>The real CRM export through landing, models, gate and command line: totals that are facts about that data.</summary>
public sealed class KnownTotalsTests : IAsyncLifetime
{
    private readonly CommandLineSession _session = new();
    private bool _isThere;

    private string Pack => Path.Combine(CommandLineSession.RepositoryRoot, "packs", "sales");

    private string Home => Path.Combine(_session.Folder, "home");

    public async ValueTask InitializeAsync()
    {
        if (CommandLineSession.RealData("crm") is not { } data)
        {
            return;
        }

        var built = await _session.RunAsync(
            "build",
            "--project",
            Pack,
            "--home",
            Home,
            "--set",
            $"sources.crm.path={data}"
        );
        Assert.True(built.Exit == 0, built.Error);
        Assert.Contains("8,800 rows from 1 file", built.Error, StringComparison.Ordinal);
        _isThere = true;
    }

    public ValueTask DisposeAsync()
    {
        _session.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("opportunities", "", "", "8800")]
    [InlineData("opportunities", "opportunity__deal_stage", "", "Engaging,1589 Lost,2473 Prospecting,500 Won,4238")]
    [InlineData("won_revenue", "", "", "10005534.00")]
    [InlineData(
        "won_revenue",
        "sales_agent__regional_office",
        "",
        "Central,3346293.00 East,3090594.00 West,3568647.00"
    )]
    [InlineData("won_revenue", "", "metric_time__month = '2017-03-01'", "1134672.00")]
    [InlineData("won_revenue", "", "metric_time >= '2017-03-01' and metric_time < '2017-04-01'", "1134672.00")]
    [InlineData("opportunities", "", "account__name is null", "1425")]
    [InlineData("won_opportunities", "", "", "4238")]
    [InlineData("open_pipeline", "", "", "4966215.00")]
    [InlineData("opportunities", "", "metric_time is null", "500")]
    [InlineData("won_revenue", "", "product__series = 'GTX' and sales_agent__manager = 'Dustin Brinkmann'", null)]
    [InlineData("won_revenue", "account__sector", "account__sector = 'technolgy'", "")]
    public async Task The_metrics_give_the_known_totals(string metric, string groupBy, string where, string? expected)
    {
        Assert.SkipUnless(_isThere, "the real CRM export is not beside this repository");
        var arguments = new List<string>
        {
            "query",
            "--project",
            Pack,
            "--home",
            Home,
            "--metrics",
            metric,
            "--output",
            "csv",
        };
        if (groupBy.Length > 0)
        {
            arguments.AddRange(["--group-by", groupBy]);
        }

        if (where.Length > 0)
        {
            arguments.AddRange(["--where", where]);
        }

        var answer = await _session.RunAsync([.. arguments]);

        Assert.True(answer.Exit == 0, answer.Error);
        var rows = answer.Out.Split(["\r\n", "\n"], StringSplitOptions.RemoveEmptyEntries).Skip(1);
        if (expected is null)
        {
            Assert.NotEmpty(Assert.Single(rows));
        }
        else
        {
            Assert.Equal(expected, string.Join(' ', rows));
        }
    }

    [Fact]
    public async Task Ratios_are_those_of_the_counts()
    {
        Assert.SkipUnless(_isThere, "the real CRM export is not beside this repository");

        var answer = await _session.RunAsync(
            "query",
            "--project",
            Pack,
            "--home",
            Home,
            "--metrics",
            "win_rate,average_deal_size",
            "--output",
            "json"
        );

        var row = System.Text.Json.JsonDocument.Parse(answer.Out).RootElement[0];
        Assert.Equal(4238.0 / (4238 + 2473), row.GetProperty("win_rate").GetDouble(), 12);
        Assert.Equal(10_005_534.0 / 4238, row.GetProperty("average_deal_size").GetDouble(), 6);
    }

    [Fact]
    public async Task A_second_build_lands_nothing_and_gives_the_same()
    {
        Assert.SkipUnless(_isThere, "the real CRM export is not beside this repository");
        var data = CommandLineSession.RealData("crm")!;

        var again = await _session.RunAsync(
            "build",
            "--project",
            Pack,
            "--home",
            Home,
            "--set",
            $"sources.crm.path={data}"
        );
        var counted = await _session.RunAsync(
            "sql",
            "--project",
            Pack,
            "--home",
            Home,
            "--output",
            "csv",
            "select count(*) as n from raw_crm.opportunities"
        );

        Assert.Equal(0, again.Exit);
        Assert.Contains("nothing new", again.Error, StringComparison.Ordinal);
        Assert.Contains("8800", counted.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_user_under_a_row_rule_sees_their_office_by_metrics_and_by_SQL()
    {
        Assert.SkipUnless(_isThere, "the real CRM export is not beside this repository");
        string[] common = ["--project", Pack, "--home", Home, "--output", "csv"];
        var added = await _session.RunAsync([
            "user",
            "add",
            "rita",
            "--role",
            "sales_rep",
            "--attribute",
            "regional_offices=West",
            .. common,
        ]);

        var metric = await _session.RunAsync(["query", "--metrics", "won_revenue", "--as", "rita", .. common]);
        var sql = await _session.RunAsync([
            "sql",
            "select sum(close_value) from opportunities where deal_stage = 'Won'",
            "--as",
            "rita",
            .. common,
        ]);
        var products = await _session.RunAsync(["sql", "select * from products", "--as", "rita", .. common]);

        Assert.True(added.Exit == 0, added.Error);
        Assert.Contains("3568647.00", metric.Out, StringComparison.Ordinal);
        Assert.Contains("3568647.00", sql.Out, StringComparison.Ordinal);
        Assert.Equal(1, products.Exit);
        Assert.Contains("HW5107", products.Error, StringComparison.Ordinal);
    }
}

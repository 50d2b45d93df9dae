using System.Globalization;

namespace Headwater.Simulator.Tests;

/// <summary>The simulated company is the same each time, and behaves like one.</summary>
public sealed class CrmSimulationTests
{
    private const int Id = 0;
    private const int Agent = 1;
    private const int Product = 2;
    private const int Account = 3;
    private const int Stage = 4;
    private const int Engaged = 5;
    private const int Closed = 6;
    private const int Value = 7;

    [Fact]
    public void The_same_seed_gives_the_same_bytes()
    {
        using var one = new SimulatedFolder(20_000);
        using var other = new SimulatedFolder(20_000);
        Assert.Equal(one.Contents(), other.Contents());
    }

    [Fact]
    public void Another_seed_gives_another_company()
    {
        using var one = new SimulatedFolder(2_000, seed: 1);
        using var other = new SimulatedFolder(2_000, seed: 2);
        Assert.NotEqual(one.Contents()["sales_pipeline.csv"], other.Contents()["sales_pipeline.csv"]);
        Assert.NotEqual(one.Contents()["accounts.csv"], other.Contents()["accounts.csv"]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8_800)]
    [InlineData(300_000)]
    public void Any_size_is_exact_and_its_ids_are_unique(int opportunities)
    {
        using var folder = new SimulatedFolder(opportunities);
        var records = folder.Records("sales_pipeline.csv");
        Assert.Equal(opportunities, records.Count);
        Assert.Equal(opportunities, records.Select(record => record[Id]).ToHashSet(StringComparer.Ordinal).Count);
        Assert.All(records, record => Assert.Equal(8, record.Length));
    }

    [Fact]
    public void Opportunities_keep_the_rules_of_the_export()
    {
        using var folder = new SimulatedFolder(30_000);
        var accounts = folder.Records("accounts.csv").Select(record => record[0]).ToHashSet(StringComparer.Ordinal);
        var agents = folder.Records("sales_teams.csv").Select(record => record[0]).ToHashSet(StringComparer.Ordinal);
        var products = folder
            .Records("products.csv")
            .Select(record => record[0].Replace(" ", "", StringComparison.Ordinal))
            .ToHashSet(StringComparer.Ordinal);
        Assert.Equal((85, 35, 7), (accounts.Count, agents.Count, products.Count));
        foreach (var record in folder.Records("sales_pipeline.csv"))
        {
            Assert.Contains(record[Agent], agents);
            Assert.Contains(record[Product].Replace(" ", "", StringComparison.Ordinal), products);
            Assert.True(record[Account].Length == 0 || accounts.Contains(record[Account]));
            var isClosed = record[Stage] is "Won" or "Lost";
            Assert.Equal(isClosed, record[Closed].Length > 0);
            Assert.Equal(isClosed, record[Value].Length > 0);
            Assert.Equal(record[Stage] == "Prospecting", record[Engaged].Length == 0);
            if (isClosed)
            {
                Assert.True(string.CompareOrdinal(record[Engaged], record[Closed]) < 0);
                Assert.True(string.CompareOrdinal(record[Closed], "2025-12-31") <= 0);
                Assert.Equal(record[Stage] == "Won", int.Parse(record[Value], CultureInfo.InvariantCulture) > 0);
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Between_half_and_three_quarters_of_what_closes_is_won(ulong seed)
    {
        using var folder = new SimulatedFolder(50_000, seed);
        var closed = folder.Records("sales_pipeline.csv").Where(record => record[Closed].Length > 0).ToList();
        Assert.InRange((double)closed.Count(record => record[Stage] == "Won") / closed.Count, 0.5, 0.75);
    }

    [Fact]
    public void Winning_depends_on_who_sells()
    {
        using var folder = new SimulatedFolder(100_000);
        var rates = folder
            .Records("sales_pipeline.csv")
            .Where(record => record[Closed].Length > 0)
            .GroupBy(record => record[Agent], StringComparer.Ordinal)
            .Select(group => group.Average(record => record[Stage] == "Won" ? 1.0 : 0))
            .ToList();
        // By chance alone 35 agents with some 2,700 deals each would lie within four hundredths.
        Assert.True(rates.Max() - rates.Min() > 0.1);
    }

    [Fact]
    public void Accounts_come_and_go()
    {
        using var folder = new SimulatedFolder(100_000);
        var lives = folder
            .Records("sales_pipeline.csv")
            .Where(record => record[Account].Length > 0 && record[Engaged].Length > 0)
            .GroupBy(record => record[Account], record => record[Engaged], StringComparer.Ordinal)
            .Select(days => (First: days.Min(StringComparer.Ordinal)!, Last: days.Max(StringComparer.Ordinal)!))
            .ToList();
        // With a thousand opportunities each, an account that is quiet for half a year has left, and one that was has not been won yet.
        Assert.InRange(lives.Count(life => string.CompareOrdinal(life.Last, "2025-07-01") < 0), 2, lives.Count / 2);
        Assert.InRange(lives.Count(life => string.CompareOrdinal(life.First, "2023-07-01") > 0), 2, lives.Count / 2);
    }

    [Fact]
    public void Every_agent_sells_in_one_territory_under_one_manager()
    {
        using var folder = new SimulatedFolder(1_000);
        var teams = folder.Records("sales_teams.csv");
        Assert.Equal(teams.Count, teams.Select(team => team[0]).Distinct(StringComparer.Ordinal).Count());
        Assert.All(
            teams.GroupBy(team => team[1], StringComparer.Ordinal),
            team => Assert.Single(team.Select(agent => agent[2]).Distinct(StringComparer.Ordinal))
        );
        Assert.InRange(teams.Select(team => team[2]).Distinct(StringComparer.Ordinal).Count(), 3, 10);
    }

    [Fact]
    public void Demand_grows_and_has_seasons()
    {
        using var folder = new SimulatedFolder(200_000);
        var engaged = folder
            .Records("sales_pipeline.csv")
            .Where(record => record[Engaged].Length > 0)
            .Select(record => DateOnly.ParseExact(record[Engaged], "yyyy-MM-dd", CultureInfo.InvariantCulture))
            .ToList();
        // Of the last year some are still prospected and have no date.
        Assert.True(engaged.Count(day => day.Year == 2024) > 1.1 * engaged.Count(day => day.Year == 2023));
        Assert.True(engaged.Count(day => day.Month == 6) > 1.2 * engaged.Count(day => day.Month == 8));
        Assert.True(
            engaged.Count(day => day.DayOfWeek == DayOfWeek.Tuesday)
                > 3 * engaged.Count(day => day.DayOfWeek == DayOfWeek.Sunday)
        );
    }

    [Fact]
    public void Everything_says_that_it_is_invented()
    {
        using var folder = new SimulatedFolder(100);
        Assert.Contains("invented", folder.Contents()["SIMULATED.txt"], StringComparison.Ordinal);

        // Names of the real export that the files have the shape of.
        string[] real = ["GTX", "MG Special", "GTK", "Darcel Schlecht", "Hottechi", "Kan-code", "Isdom"];
        Assert.All(
            folder.Contents().Values,
            content => Assert.All(real, name => Assert.DoesNotContain(name, content, StringComparison.Ordinal))
        );
    }

    [Fact]
    public void Leaving_leaves_no_half_a_file()
    {
        var folder = Directory.CreateTempSubdirectory("headwater-simulated-").FullName;
        try
        {
            using var leaving = new CancellationTokenSource();
            leaving.Cancel();
            var simulation = new CrmSimulation(1_000, new DateOnly(2025, 12, 31));
            Assert.Throws<OperationCanceledException>(() => simulation.Write(folder, progress: null, leaving.Token));
            Assert.False(File.Exists(Path.Combine(folder, "sales_pipeline.csv")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}

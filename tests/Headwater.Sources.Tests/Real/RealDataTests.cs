using Headwater.Project.Resources.Sources;

namespace Headwater.Sources.Tests.Real;

/// <summary>Files that others wrote, with facts known about them.</summary>
public class RealDataTests : LandingTests
{
    private static readonly string? Shared = Find();

    [Theory]
    [InlineData("crm", "sales_pipeline.csv", 8_800, "sum(close_value)", "10005534")]
    [InlineData("crm", "accounts.csv", 85, "count(DISTINCT account)", "85")]
    [InlineData("crm", "products.csv", 7, "count(*)", "7")]
    [InlineData("crm", "sales_teams.csv", 35, "count(*)", "35")]
    [InlineData(
        "superstore",
        "orders.csv",
        9_994,
        "CAST(sum(Sales) AS DECIMAL(18,2)), CAST(sum(Profit) AS DECIMAL(18,2))",
        "2297200.86|286397.02"
    )]
    [InlineData("telco", "churn.csv", 7_043, "count(*) FILTER (WHERE Churn = 'Yes')", "1869")]
    [InlineData(
        "pharma",
        "salesdaily.csv",
        2_106,
        """
            count(DISTINCT datum), CAST(sum(N02BE) AS DECIMAL(18,3)),
                CAST(sum(N02BE) FILTER (WHERE datum BETWEEN DATE '2018-01-01' AND DATE '2018-01-31') AS DECIMAL(18,3))
            """,
        "2106|63005.403|1134.325"
    )]
    public async Task Gives_what_is_known_of_it(
        string source,
        string file,
        long rows,
        string expressions,
        string expected
    )
    {
        Assert.SkipWhen(Shared is null, "the shared data is not here");
        await using var folder = await NewFolderAsync();
        var report = await folder.LandAsync(At(folder.Define($"files: '{file}'"), Path.Combine(Shared, source)));
        Assert.Empty(report.Diagnostics);
        Assert.Equal((rows, 0), (report.RowsLanded, report.RowsQuarantined));
        Assert.Equal(expected, await folder.ValueAsync($"SELECT {expressions} FROM raw_s.t"));
    }

    [Fact]
    public async Task Every_file_of_the_standard_loaders_lands_whole()
    {
        Assert.SkipWhen(Shared is null, "the shared data is not here");
        await using var folder = await NewFolderAsync();
        foreach (
            var path in Directory.EnumerateFiles(Path.Combine(Shared, "saas"), "*.csv", SearchOption.AllDirectories)
        )
        {
            var source = At(
                folder.Define($"files: '{Path.GetFileName(path)}'") with
                {
                    Name =
                        Path.GetFileName(Path.GetDirectoryName(path)!) + "_" + Path.GetFileNameWithoutExtension(path),
                },
                Path.GetDirectoryName(path)!
            );
            var report = await folder.LandAsync(source);
            Assert.False(
                report.Failed,
                $"{path}: {string.Join("; ", report.Diagnostics.Select(problem => problem.Message))}"
            );
            Assert.True(
                report.RowsQuarantined == 0,
                $"{path}: {report.RowsQuarantined} of {report.RowsRead} quarantined"
            );
        }
    }

    private static SourceDefinition At(SourceDefinition source, string folder) =>
        source with
        {
            Path = source.Path with { Text = folder },
        };

    // Beside the repository, or beside the folder that its worktrees are in.
    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var data = Path.Combine(folder.FullName, "shared", "data");
            if (Directory.Exists(data))
            {
                return data;
            }
        }

        return null;
    }
}

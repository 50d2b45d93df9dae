using System.Runtime.CompilerServices;
using Headwater.Kernel.Diagnostics;
using Headwater.Modeling.Building;
using Headwater.Project;
using Headwater.Project.Settings;
using Headwater.Sources;
using Headwater.Warehouse;
using Headwater.Warehouse.DuckDb;
using Headwater.Warehouse.Port;

namespace Headwater.Modeling.Tests;

/// <summary>The sales pack over a real CRM export, where that lies beside the repository.</summary>
public sealed class SalesPackTests
{
    [Fact]
    public async Task The_real_export_is_landed_built_and_adds_up()
    {
        var repository = RepositoryRoot();
        var data = Path.Combine(repository, "..", "shared", "data", "crm");
        Assert.SkipUnless(Directory.Exists(data), "the CRM export is not beside the repository");
        var home = Path.Combine(Path.GetTempPath(), "hw-sales-" + Path.GetRandomFileName());
        try
        {
            var diagnostics = new DiagnosticBag();
            var overrides = new SettingOverrides(
                new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["sources.crm.path"] = Path.GetFullPath(data),
                },
                repository
            );
            var project = ProjectFolder.Load(
                new ProjectOptions(Path.Combine(repository, "packs", "sales"), null, overrides),
                diagnostics
            )!;
            await using var host = WarehouseHost.OpenDuckDb(new DuckDbWarehouseOptions { Home = home });
            using var lander = new SourceLander(host, TimeProvider.System);
            await lander.LandAsync(
                project.Sources.Single(source => source.Name == "crm"),
                null,
                CancellationToken.None
            );
            var manifest = new ModelingWorkspace().Load(project, new ModelingOptions(), diagnostics);
            Assert.Empty(diagnostics);
            var result = await new ModelBuilder(host, manifest, TimeProvider.System).BuildAsync(
                new BuildOptions(),
                null,
                CancellationToken.None
            );
            Assert.Equal(
                "",
                string.Join('\n', result.Diagnostics.Where(diagnostic => diagnostic.Severity == Severity.Error))
            );
            var connection = await host.Warehouse.ConnectAsync(CancellationToken.None);
            await using (connection)
            {
                var relation = manifest.RelationOf("opportunities")!;
                var totals = await connection.QueryAsync(
                    $"select count(*), sum(close_value) filter (deal_stage = 'Won') from {relation}",
                    CancellationToken.None
                );
                Assert.Equal(8800L, totals.Value(0, 0));
                Assert.Equal(10_005_534m, Convert.ToDecimal(totals.Value(0, 1)));
            }
        }
        finally
        {
            Directory.Delete(home, recursive: true);
        }
    }

    private static string RepositoryRoot([CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", ".."));
}

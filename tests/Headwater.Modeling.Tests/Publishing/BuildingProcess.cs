using System.Diagnostics;
using System.Globalization;
using Headwater.Jinja.Values;
using Headwater.Kernel.Diagnostics;
using Headwater.Modeling.Building;
using Headwater.Project;
using Headwater.Project.Settings;
using Headwater.Warehouse;
using Headwater.Warehouse.DuckDb;
using Headwater.Warehouse.Postgres;

namespace Headwater.Modeling.Tests.Publishing;

/// <summary>A process that builds a project again and again, each time with another number, until it is killed.</summary>
internal static class BuildingProcess
{
    public const string Command = "build-until-killed";

    /// <summary>Starts the process on the project of a test; it writes a line for each node that it has built.</summary>
    public static Process Start(TestProject project)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add(Command);
        start.ArgumentList.Add(Path.GetDirectoryName(project.Root)!);
        return Process.Start(start)!;
    }

    public static async Task<int> RunAsync(string folder)
    {
        var workspace = new ModelingWorkspace();
        await using var host = await OpenAsync(Load(folder), Path.Combine(folder, "home"));
        for (var number = 100L; ; number++)
        {
            var options = new ModelingOptions
            {
                Variables = new Dictionary<string, object?>(StringComparer.Ordinal) { ["g"] = number },
            };
            var problems = new DiagnosticBag();
            var manifest = workspace.Load(Load(folder), options, problems);
            var result = await new ModelBuilder(host, manifest, TimeProvider.System).BuildAsync(
                new BuildOptions(),
                new Lines(),
                CancellationToken.None
            );
            if (!result.Succeeded)
            {
                await Console.Out.WriteLineAsync(string.Join('\n', result.Diagnostics));
                return 1;
            }
        }
    }

    private static ProjectFolder Load(string folder) =>
        ProjectFolder.Load(
            new ProjectOptions(Path.Combine(folder, "project"), null, SettingOverrides.None),
            new DiagnosticBag()
        )!;

    private static async Task<WarehouseHost> OpenAsync(ProjectFolder project, string home)
    {
        if (project.Target.Postgres is not { } server)
        {
            return WarehouseHost.OpenDuckDb(
                new DuckDbWarehouseOptions { Home = home, Path = Path.Combine(home, "warehouse.duckdb") }
            );
        }

        return await WarehouseHost.OpenPostgresAsync(
            new PostgresWarehouseOptions
            {
                Host = server.Host,
                Port = server.Port,
                User = server.User,
                Password = server.Password,
                Database = server.Database,
                Home = home,
            },
            CancellationToken.None
        );
    }

    private sealed class Lines : IProgress<BuildEvent>
    {
        public void Report(BuildEvent value)
        {
            if (value is NodeFinished finished)
            {
                Console.Out.WriteLine(finished.Outcome.Node.Name.ToString(CultureInfo.InvariantCulture));
            }
        }
    }
}

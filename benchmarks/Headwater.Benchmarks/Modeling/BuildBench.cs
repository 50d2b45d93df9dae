using System.Globalization;
using System.Runtime.CompilerServices;
using Headwater.Benchmarks.Engine;
using Headwater.Benchmarks.Frame;
using Headwater.Kernel.Diagnostics;
using Headwater.Modeling;
using Headwater.Modeling.Building;
using Headwater.Project;
using Headwater.Project.Settings;
using Headwater.Warehouse.Port;

namespace Headwater.Benchmarks.Modeling;

/// <summary>
/// A project of small tables that read each other, rebuilt whole and published, in turns with the same tables replaced by their bare SQL in one transaction of
/// the same engine. What the build takes longer is what it adds: rendering, publication, the copy for rollback, records.
/// </summary>
internal static class BuildBench
{
    private const int Models = 500;
    private const int Pairs = 7;

    public static async IAsyncEnumerable<Measurement> RunAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        using var folder = new BenchFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "models"));
        await File.WriteAllTextAsync(
            Path.Combine(folder.Path, "dbt_project.yml"),
            "name: bench\nmodels: {bench: {+materialized: table}}\n",
            cancellationToken
        );
        for (var model = 0; model < Models; model++)
        {
            await File.WriteAllTextAsync(
                Path.Combine(folder.Path, "models", Name(model) + ".sql"),
                Query(model, parent => "{{ ref('" + parent + "') }}"),
                cancellationToken
            );
        }

        var diagnostics = new DiagnosticBag();
        var project = ProjectFolder.Load(new ProjectOptions(folder.Path, null, SettingOverrides.None), diagnostics)!;
        var manifest = new ModelingWorkspace().Load(project, new ModelingOptions(), diagnostics);
        diagnostics.ThrowIfErrors();

        await using var ours = new BenchWarehouse();
        await using var bare = new BenchWarehouse();
        var connection = await bare.Warehouse.ConnectAsync(cancellationToken);
        await using (connection)
        {
            await connection.ExecuteAsync("create schema bare", cancellationToken);
            var result = await Samples.CompareAsync(
                Pairs,
                async () =>
                {
                    var builder = new ModelBuilder(ours.Host, manifest, TimeProvider.System);
                    var built = await builder.BuildAsync(new BuildOptions(), null, cancellationToken);
                    if (built.Diagnostics.Count > 0 || built.Outcomes.Count != Models)
                    {
                        throw new InvalidOperationException("The project did not build.");
                    }
                },
                () => RunBareAsync(connection, cancellationToken)
            );
            yield return new Measurement("a model's bare SQL", result.BaselineSeconds * 1000 / Models, "ms");
            yield return new Measurement(
                "what a build adds to a model",
                (result.OursSeconds - result.BaselineSeconds) * 1000 / Models,
                "ms",
                Bar.AtMost(5)
            );
        }
    }

    private static async Task RunBareAsync(IWarehouseConnection connection, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync("begin", cancellationToken);
        for (var model = 0; model < Models; model++)
        {
            await connection.ExecuteAsync(
                $"create or replace table bare.{Name(model)} as {Query(model, parent => "bare." + parent)}",
                cancellationToken
            );
        }

        await connection.ExecuteAsync("commit", cancellationToken);
    }

    private static string Name(int model) => string.Create(CultureInfo.InvariantCulture, $"model_{model}");

    // Each tenth begins anew, so that the graph is wide and deep.
    private static string Query(int model, Func<string, string> reference) =>
        model % 10 == 0
            ? "select i as id, i * 2 as amount, 'a' as kind from range(100) t(i)"
            : $"select id, amount + 1 as amount, kind from {reference(Name(model - 1))} where id > 1";
}

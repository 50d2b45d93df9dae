using System.Diagnostics;
using System.Runtime.CompilerServices;
using Headwater.Benchmarks.Engine;
using Headwater.Benchmarks.Frame;
using Headwater.Kernel.Diagnostics;
using Headwater.Project.Resources.Sources;
using Headwater.Project.Yaml;
using Headwater.Simulator;
using Headwater.Sources;
using Headwater.Warehouse.Port;

namespace Headwater.Benchmarks.Landing;

/// <summary>
/// A simulated pipeline of about 1 GB, landed into an empty warehouse each time, in turns with the engine's <c>COPY</c> of the same file into a table of
/// the same types in another warehouse like it. Both write to a database file and commit.
/// </summary>
internal static class CsvBench
{
    private const long Opportunities = 13_000_000;
    private const int Pairs = 3;

    private const string Columns = """
        opportunity_id varchar, sales_agent varchar, product varchar, account varchar, deal_stage varchar,
        engage_date date, close_date date, close_value bigint
        """;

    public static async IAsyncEnumerable<Measurement> RunAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        using var folder = new BenchFolder();
        var start = Stopwatch.GetTimestamp();
        new CrmSimulation(Opportunities, new DateOnly(2025, 12, 31)).Write(
            folder.Path,
            progress: null,
            cancellationToken
        );
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var file = Path.Combine(folder.Path, "sales_pipeline.csv");
        yield return new Measurement("the file", new FileInfo(file).Length / 1e6, "MB");
        yield return new Measurement(
            "simulating 10M opportunities",
            seconds * 10_000_000 / Opportunities,
            "s",
            Bar.AtMost(30)
        );
        foreach (var (rowNumbers, floor) in new[] { (true, 0.55), (false, 0.85) })
        {
            var name = rowNumbers ? "landing 1 GB of CSV" : "landing it with row_numbers: false";
            var result = await Samples.CompareAsync(
                Pairs,
                () => LandAsync(folder.Path, rowNumbers, cancellationToken),
                () => CopyAsync(file, cancellationToken)
            );
            if (rowNumbers)
            {
                yield return new Measurement(
                    "COPY, the engine itself",
                    Opportunities / result.BaselineSeconds,
                    "rows/s"
                );
            }

            yield return new Measurement(name, Opportunities / result.OursSeconds, "rows/s");
            yield return new Measurement(
                name + ", speed against COPY",
                result.BaselineSeconds / result.OursSeconds,
                "x",
                Bar.AtLeast(floor)
            )
            {
                Confidence = new Interval(1 / result.Confidence.High, 1 / result.Confidence.Low),
            };
        }
    }

    private static async Task LandAsync(string folder, bool rowNumbers, CancellationToken cancellationToken)
    {
        await using var bench = new BenchWarehouse();
        using var lander = new SourceLander(bench.Host, TimeProvider.System);
        var reports = await lander.LandAsync(Source(folder, rowNumbers), progress: null, cancellationToken);
        if (reports.Single() is not { RowsLanded: Opportunities, RowsQuarantined: 0, Diagnostics.Count: 0 })
        {
            throw new InvalidOperationException("The file did not land whole.");
        }
    }

    private static async Task CopyAsync(string file, CancellationToken cancellationToken)
    {
        await using var bench = new BenchWarehouse();
        await using var connection = await bench.Warehouse.ConnectAsync(cancellationToken);
        var link = Path.Combine(bench.Warehouse.SpoolFolder, "copy.csv");
        Sources.Files.HardLink.CreateOrCopy(file, link);
        await connection.ExecuteAsync($"CREATE TABLE copied ({Columns})", cancellationToken);
        await connection.ExecuteAsync(
            $"COPY copied FROM {bench.Warehouse.Dialect.Literal(link)} (FORMAT csv, HEADER)",
            cancellationToken
        );
        File.Delete(link);
    }

    private static SourceDefinition Source(string folder, bool rowNumbers)
    {
        var place = new SourceLocation("bench.yml", 1, 1);
        var format = new FileFormat(
            FileKind.Csv,
            null,
            null,
            null,
            null,
            null,
            [],
            [],
            [],
            new Dictionary<string, LocatedText>(StringComparer.Ordinal),
            null,
            null
        );
        return new SourceDefinition(
            "bench",
            "bench",
            place,
            null,
            new LocatedText("files", place),
            new LocatedText(folder, place),
            [
                new StreamDefinition(
                    "pipeline",
                    place,
                    null,
                    new LocatedText("sales_pipeline.csv", place),
                    [],
                    LoadMode.Append,
                    rowNumbers,
                    format
                ),
            ],
            null,
            null,
            SchemaChanges.Evolve
        );
    }
}

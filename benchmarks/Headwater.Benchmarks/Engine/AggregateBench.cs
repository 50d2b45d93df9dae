using System.Runtime.CompilerServices;
using Headwater.Benchmarks.Frame;
using Headwater.DuckDb.Database;
using Headwater.Warehouse.Port;

namespace Headwater.Benchmarks.Engine;

/// <summary>
/// An aggregate over ten million rows through the warehouse port, against the same statement run through the bare C API, whose chunks are
/// fetched and thrown away: what the engine itself needs from text to last row.
/// </summary>
internal static class AggregateBench
{
    private const int Pairs = 41;

    private const string Load =
        "create table facts as select i::int as id, (hash(i) % 20)::int as grp, (hash(i * 7) % 100000) / 100.0 as amount, "
        + "date '2020-01-01' + (i % 1500)::int as day from range(10000000) t(i)";

    private const string Question =
        "select grp, count(*), sum(amount), min(day), max(day) from facts group by grp order by grp";

    public static async IAsyncEnumerable<Measurement> RunAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await using var bench = new BenchWarehouse();
        await using var connection = await bench.Warehouse.ConnectAsync(cancellationToken);
        await connection.ExecuteAsync(Load, cancellationToken);

        // A file of its own for the baseline, with the same rows: a file is open once in a process.
        using var folder = new BenchFolder();
        using var database = DuckDbDatabase.Open(
            Path.Combine(folder.Path, "baseline.duckdb"),
            new Dictionary<string, string>(StringComparer.Ordinal)
        );
        using var bare = database.Connect();
        bare.Execute(Load);

        var result = await Samples.CompareAsync(
            Pairs,
            async () => await connection.QueryAsync(Question, cancellationToken),
            () =>
            {
                using var statement = bare.Prepare(Question);
                using var rows = statement.ExecuteStreaming(cancellationToken);
                while (rows.Fetch(cancellationToken) is { } chunk)
                {
                    chunk.Dispose();
                }

                return Task.CompletedTask;
            }
        );
        yield return new Measurement("10M-row aggregate, the engine itself", result.BaselineSeconds * 1000, "ms");
        yield return new Measurement("10M-row aggregate, through the port", result.OursSeconds * 1000, "ms");
        yield return new Measurement("10M-row aggregate, ratio", result.Ratio, "x", Bar.AtMost(1.1))
        {
            Confidence = result.Confidence,
        };
    }
}

using System.Runtime.CompilerServices;
using Headwater.Benchmarks.Frame;
using Headwater.Kernel.Names;
using Headwater.Warehouse.Port;
using Headwater.Warehouse.Results;

namespace Headwater.Benchmarks.Engine;

/// <summary>Appending batches of an integer, a bigint, a double, a text and a date to a table, commit included.</summary>
internal static class AppendBench
{
    private const int Rows = 3_000_000;
    private const int BatchRows = 100_000;
    private const int Runs = 5;

    private static readonly RelationName Target = new("main", "appended");

    public static async IAsyncEnumerable<Measurement> RunAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await using var bench = new BenchWarehouse();
        await using var connection = await bench.Warehouse.ConnectAsync(cancellationToken);
        var source = await connection.QueryAsync(
            $"select i::int, i * 1000, i / 7.0::double, 'customer ' || i % 1000, date '2020-01-01' + (i % 999)::int from range({BatchRows}) t(i)",
            cancellationToken
        );
        var seconds = await Samples.TimeAsync(
            Runs,
            async () =>
            {
                await connection.ExecuteAsync(
                    "create or replace table appended(i int, big bigint, ratio double, name varchar, day date)",
                    cancellationToken
                );
                await connection.AppendAsync(Target, RepeatAsync(source), cancellationToken);
            }
        );
        yield return new Measurement(
            "appending 5 columns",
            Rows / Samples.Median(seconds),
            "rows/s",
            Bar.AtLeast(3_000_000)
        );
    }

    private static async IAsyncEnumerable<Batch> RepeatAsync(ResultTable source)
    {
        for (var rows = 0; rows < Rows; rows += BatchRows)
        {
            foreach (var batch in source.Batches)
            {
                yield return batch;
            }
        }

        await Task.CompletedTask;
    }
}

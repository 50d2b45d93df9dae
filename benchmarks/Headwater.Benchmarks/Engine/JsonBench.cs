using System.Runtime.CompilerServices;
using Headwater.Benchmarks.Frame;
using Headwater.Warehouse.Port;
using Headwater.Warehouse.Writers;

namespace Headwater.Benchmarks.Engine;

/// <summary>A result of a million rows and five columns from the engine to the last byte of its text.</summary>
internal static class JsonBench
{
    private const int Rows = 1_000_000;
    private const int Runs = 7;

    private const string Load =
        "create table wide as select i::int as id, (hash(i) % 1000000000000)::bigint as big, "
        + "(hash(i * 3) % 1000000)::double / 997 as ratio, 'customer ' || (hash(i) % 100000) as name, "
        + "date '2015-01-01' + (i % 3650)::int as day from range(1000000) t(i)";

    public static async IAsyncEnumerable<Measurement> RunAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await using var bench = new BenchWarehouse();
        await using var connection = await bench.Warehouse.ConnectAsync(cancellationToken);
        await connection.ExecuteAsync(Load, cancellationToken);

        var read = await Samples.TimeAsync(Runs, () => ReadAsync(connection, writer: null, cancellationToken));
        yield return new Measurement("1M x 5 read as columns", Rows / Samples.Median(read), "rows/s");
        foreach (
            var (format, bar) in new[]
            {
                ("json", Bar.AtLeast(2_000_000)),
                ("compact", null),
                ("csv", null),
                ("xlsx", null),
            }
        )
        {
            var writer = ResultWriters.Find(format)!;
            var seconds = await Samples.TimeAsync(
                string.Equals(format, "xlsx", StringComparison.Ordinal) ? 1 : Runs,
                () => ReadAsync(connection, writer, cancellationToken)
            );
            yield return new Measurement($"1M x 5 to {format}", Rows / Samples.Median(seconds), "rows/s", bar);
        }
    }

    private static async Task ReadAsync(
        IWarehouseConnection connection,
        IResultWriter? writer,
        CancellationToken cancellationToken
    )
    {
        await using var reader = await connection.ReadAsync(new SqlCommand("from wide"), cancellationToken);
        if (writer is not null)
        {
            await writer.WriteAsync(
                reader.Columns,
                reader.ReadBatchesAsync(cancellationToken),
                Stream.Null,
                cancellationToken
            );
            return;
        }

        await foreach (var _ in reader.ReadBatchesAsync(cancellationToken)) { }
    }
}

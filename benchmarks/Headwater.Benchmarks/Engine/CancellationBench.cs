using System.Diagnostics;
using System.Runtime.CompilerServices;
using Headwater.Benchmarks.Frame;
using Headwater.Warehouse.Port;

namespace Headwater.Benchmarks.Engine;

/// <summary>From the moment a caller leaves a statement that would run on for long, to the moment the connection is free again.</summary>
internal static class CancellationBench
{
    private const int Runs = 20;
    private const string Endless = "select count(*) from range(1000000000000) t(i) where hash(i) % 7 = 1";

    public static async IAsyncEnumerable<Measurement> RunAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await using var bench = new BenchWarehouse();
        await using var connection = await bench.Warehouse.ConnectAsync(cancellationToken);
        var seconds = new double[Runs];
        for (var run = 0; run < Runs; run++)
        {
            seconds[run] = await CancelAsync(connection, cancellationToken);
        }

        yield return new Measurement("a cancelled statement returns, median", Samples.Median(seconds) * 1000, "ms");
        yield return new Measurement(
            "a cancelled statement returns, slowest of 20",
            seconds.Max() * 1000,
            "ms",
            Bar.AtMost(100)
        );
    }

    private static async Task<double> CancelAsync(IWarehouseConnection connection, CancellationToken cancellationToken)
    {
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = connection.ExecuteAsync(Endless, leaving.Token).AsTask();
        await Task.Delay(100, cancellationToken);
        var start = Stopwatch.GetTimestamp();
        await leaving.CancelAsync();
        try
        {
            await running;
        }
        catch (OperationCanceledException)
        {
            return Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        throw new InvalidOperationException("The statement was not cancelled.");
    }
}

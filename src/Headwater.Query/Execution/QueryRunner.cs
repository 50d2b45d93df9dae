using Headwater.Kernel.Diagnostics;
using Headwater.Query.Admission;
using Headwater.Sql;
using Headwater.Warehouse.Port;
using Headwater.Warehouse.Results;
using Headwater.Warehouse.Results.Columns;

namespace Headwater.Query.Execution;

/// <summary>Runs statements under the limits, and turns what the engine says into what an asker may read. Safe for several threads.</summary>
internal sealed class QueryRunner(IWarehouse warehouse, QueryLimits limits, AdmissionQueue admission, GateSeams seams)
{
    private const int Megabyte = 1_000_000;

    /// <summary>Runs a statement and reads its answer. Past the row limit the rest is left unread and the answer says so.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="refusal">What an asker learns when the engine refuses the statement or meets a bad value.</param>
    /// <exception cref="DiagnosticException">HW5301 to HW5305, or what <paramref name="refusal"/> makes.</exception>
    public async Task<ResultTable> RunAsync(
        SqlText statement,
        Func<WarehouseException, Diagnostic> refusal,
        CancellationToken cancellationToken
    )
    {
        using var place = await admission.EnterAsync(cancellationToken);
        using var timed = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timed.CancelAfter(limits.Time);
        try
        {
            var connection = await warehouse.ConnectAsync(timed.Token);
            await using (connection)
            {
                return await ReadAsync(connection, Command(await seams.Statement(statement, timed.Token)), timed.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw QueryDiagnostics.TimedOut.With(limits.Time.TotalSeconds).ToException();
        }
        catch (WarehouseException problem)
        {
            throw Explain(problem, refusal).ToException(problem);
        }
    }

    public static SqlCommand Command(SqlText statement) =>
        new(statement.Text, [.. statement.Parameters.Select(value => new SqlParameter(value))]);

    private static Diagnostic Explain(WarehouseException problem, Func<WarehouseException, Diagnostic> refusal) =>
        problem.Failure switch
        {
            WarehouseFailure.Statement or WarehouseFailure.Data => refusal(problem),
            WarehouseFailure.Resources => QueryDiagnostics.OutOfResources.With(),
            _ => QueryDiagnostics.EngineFailed.With(),
        };

    private async Task<ResultTable> ReadAsync(
        IWarehouseConnection connection,
        SqlCommand command,
        CancellationToken cancellationToken
    )
    {
        var reader = await connection.ReadAsync(command, cancellationToken);
        await using (reader)
        {
            var batches = new List<Batch>();
            var (rows, bytes) = (0L, 0L);
            await foreach (var batch in reader.ReadBatchesAsync(cancellationToken))
            {
                batches.Add(batch);
                rows += batch.RowCount;
                bytes += batch.Columns.Sum(Size);
                if (bytes > limits.Bytes)
                {
                    throw QueryDiagnostics.AnswerTooLarge.With(limits.Bytes / Megabyte).ToException();
                }

                if (rows >= limits.Rows)
                {
                    return new ResultTable(reader.Columns, batches, truncated: true);
                }
            }

            return new ResultTable(reader.Columns, batches);
        }
    }

    private static long Size(Column column) =>
        column switch
        {
            TextColumn text => text.Bytes.Length + 4L * text.Length,
            BlobColumn blob => blob.Bytes.Length + 4L * blob.Length,
            // Nested values are not measured one by one: their parts are bounded by the engine's own memory.
            _ => 16L * column.Length,
        };
}

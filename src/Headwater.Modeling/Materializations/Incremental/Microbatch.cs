using System.Globalization;
using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Names;
using Headwater.Modeling.Building;
using Headwater.Modeling.Engines;
using Headwater.Modeling.Graph;
using Headwater.Warehouse.Port;

namespace Headwater.Modeling.Materializations;

/// <summary>
/// Builds an incremental model in batches of time: for each, the model's query over just the rows of that time replaces what the table
/// holds of it. The batches of a build are published together; where nodes are published one by one, those that did not fail.
/// </summary>
internal sealed class Microbatch(MaterializationJob job)
{
    private readonly MicrobatchSettings _settings = new(job.Node.Config);

    /// <summary>Builds the batches that are due.</summary>
    /// <param name="startsAnew">True to build all since the configured begin in a new table.</param>
    /// <returns>Rows written.</returns>
    public async ValueTask<long?> BuildAsync(bool startsAnew, CancellationToken cancellationToken)
    {
        var rows = 0L;
        var isFirst = startsAnew;
        if (!startsAnew)
        {
            await job.Publication.ChangeAsync(job.Node.Relation, changesColumns: false, cancellationToken);
        }

        var batches = Batches(startsAnew);
        for (var place = 0; place < batches.Count; place++)
        {
            var batch = batches[place];
            try
            {
                rows += await TryAsync(batch, isFirst, cancellationToken);
            }
            catch (Exception failure) when (failure is WarehouseException or DiagnosticException)
            {
                foreach (var unbuilt in batches.Skip(place))
                {
                    job.Progress.Fail(unbuilt.Span);
                }

                throw;
            }

            isFirst = false;
        }

        return rows;
    }

    /// <summary>
    /// Builds one batch. Where nodes are published one by one and the engine can take back a part of a transaction, as dbt has it: a batch
    /// that fails leaves the others; but the first of all makes the table, without which there are none.
    /// </summary>
    private async ValueTask<long> TryAsync(EventTimeWindow batch, bool isFirst, CancellationToken cancellationToken)
    {
        var stands = job.Run.Options.Atomic || !job.Engine.HasSavepoints || isFirst;
        if (stands)
        {
            var written = await BuildAsync(batch, isFirst, cancellationToken);
            job.Progress.Succeed(batch.Span);
            return written;
        }

        var mark = await job.Publication.MarkAsync(cancellationToken);
        try
        {
            var written = await BuildAsync(batch, isFirst, cancellationToken);
            await job.Publication.ReleaseAsync(cancellationToken);
            job.Progress.Succeed(batch.Span);
            return written;
        }
        catch (WarehouseException failure)
        {
            await job.Publication.TakeBackAsync(mark, cancellationToken);
            job.Progress.Fail(batch.Span, NodeDiagnosis.Of(job.Node, job.Sql, failure));
        }
        catch (DiagnosticException failure)
        {
            await job.Publication.TakeBackAsync(mark, cancellationToken);
            job.Progress.Fail(batch.Span, failure.Diagnostic);
        }

        return 0;
    }

    /// <summary>The batches that are due: since the begin, or the last ones, or as the command says.</summary>
    internal IReadOnlyList<EventTimeWindow> Batches(bool startsAnew)
    {
        if (!startsAnew && job.Run.Options.Batches.TryGetValue(job.Node.UniqueId, out var asked))
        {
            return [.. asked.Select(span => new EventTimeWindow(span.Start, span.End, _settings.BatchSize))];
        }

        var now = job.Run.Clock.GetUtcNow().UtcDateTime;
        // An end on a boundary is exclusive; any other lies within its batch.
        var end = EventTimeWindow.Ceiling(job.Run.Options.EventTimeEnd ?? now, _settings.BatchSize);
        var begin = EventTimeWindow.Floor(
            DateTime.Parse(
                _settings.Begin,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal
            ),
            _settings.BatchSize
        );
        var start =
            job.Run.Options.EventTimeStart is { } given ? EventTimeWindow.Floor(given, _settings.BatchSize)
            : startsAnew ? begin
            : EventTimeWindow.Add(end, _settings.BatchSize, -(1 + (int)_settings.Lookback));
        var batches = new List<EventTimeWindow>();
        for (var at = start < begin ? begin : start; at < end; at = EventTimeWindow.Add(at, _settings.BatchSize, 1))
        {
            batches.Add(new EventTimeWindow(at, EventTimeWindow.Add(at, _settings.BatchSize, 1), _settings.BatchSize));
        }

        return batches;
    }

    private async ValueTask<long> BuildAsync(EventTimeWindow batch, bool isFirst, CancellationToken cancellationToken)
    {
        var inputs = new WindowedInputs(job, batch);
        await inputs.OpenAsync(cancellationToken);
        var sql = await Task.Run(() => job.Compiler.Compile(job.Node, inputs.Scope).Sql, cancellationToken);
        long rows;
        if (isFirst)
        {
            await job.ReplaceAsync(
                RelationKind.Table,
                quoted => [job.Engine.CreateTable(quoted, sql, job.TableOptions)],
                cancellationToken
            );
            rows = await job.CountAsync(cancellationToken);
        }
        else
        {
            var added = new RelationName("", job.Engine.Fit(job.Node.Relation.Name + "__dbt_tmp"));
            var quoted = job.Engine.Quote(added);
            await job.ExecuteAsync(job.Engine.CreateTemporary(quoted, sql), sql, cancellationToken);
            var columns = await job.ColumnsAsync(added, cancellationToken);
            await job.Connection.ExecuteAsync(
                $"DELETE FROM {job.QuotedName} WHERE {batch.Condition(job.Engine, _settings.EventTime)}",
                cancellationToken
            );
            rows = await new AppendStrategy().AddAsync(
                job,
                added,
                [.. columns.Select(column => column.Name)],
                cancellationToken
            );
            await job.Connection.ExecuteAsync(WarehouseEngine.Drop(RelationKind.Table, quoted), cancellationToken);
        }

        await inputs.CloseAsync(cancellationToken);
        return rows;
    }
}

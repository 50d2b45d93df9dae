using Headwater.Kernel.Names;
using Headwater.Modeling.Building;
using Headwater.Modeling.Engines;
using Headwater.Modeling.Graph;
using Headwater.Modeling.Materializations;
using Headwater.Modeling.Publishing;
using Headwater.Warehouse.Port;
using Headwater.Warehouse.Results;

namespace Headwater.Modeling.Testing;

/// <summary>
/// Failing rows of tests that are to be kept. They are read inside the transaction, where alone they exist if it is rolled back, and written
/// after it.
/// </summary>
internal sealed class StoredFailures(BuildRun run)
{
    /// <summary>How many failing rows of one test are kept at most.</summary>
    public const int RowLimit = 100_000;

    private readonly List<Stored> _stored = [];

    /// <summary>Reads the failing rows of a test that keeps them.</summary>
    public async ValueTask ReadAsync(
        IWarehouseConnection connection,
        TestNode test,
        string sql,
        CancellationToken cancellationToken
    )
    {
        if (KindOf(test) is not { } kind)
        {
            return;
        }

        var rows = TestQuery.Rows(test, sql);
        var isView = kind == "view";
        var columns = isView ? [] : await connection.DescribeAsync(run.Engine, rows, cancellationToken);
        var table = isView
            ? null
            : await connection.QueryAsync($"SELECT * FROM (\n{rows}\n) AS failing LIMIT {RowLimit}", cancellationToken);
        _stored.Add(new Stored(test, rows, columns, table));
    }

    /// <summary>A query that shows the failing rows of a test: of their table where they are kept, else the test's own.</summary>
    public string Query(TestNode test, string sql) =>
        KindOf(test) is null ? sql.Trim() : $"select * from {Fitting(run.Engine, test.FailureRelation)}";

    private string? KindOf(TestNode test) =>
        test.Settings.StoresFailuresAs
        ?? (run.Options.StoreFailures && test.Config.Flag("store_failures") is null ? "table" : null);

    /// <summary>Writes what was read, each test in a transaction of its own.</summary>
    public async ValueTask WriteAsync(CancellationToken cancellationToken)
    {
        foreach (var stored in _stored)
        {
            var connection = await run.Warehouse.ConnectAsync(cancellationToken);
            await using (connection)
            {
                var publication = Publication.Of(run, connection);
                try
                {
                    await publication.BeginAsync(cancellationToken);
                    await WriteAsync(publication, stored, cancellationToken);
                    await publication.CommitAsync([], cancellationToken);
                }
                catch (WarehouseException failure)
                {
                    await publication.AbandonAsync();
                    run.Diagnostics.Add(
                        ModelingDiagnostics.FailuresNotStored.At(
                            stored.Test.Location,
                            stored.Test.Name,
                            failure.Message
                        )
                    );
                }
            }
        }

        _stored.Clear();
    }

    private static async ValueTask WriteAsync(
        Publication publication,
        Stored stored,
        CancellationToken cancellationToken
    )
    {
        var engine = publication.Engine;
        var name = Fitting(engine, stored.Test.FailureRelation);
        await publication.Connection.ExecuteAsync(engine.CreateSchema(name.Schema), cancellationToken);
        var place = await publication.PlaceAsync(name, cancellationToken);
        if (stored.Rows is null)
        {
            await publication.Connection.ExecuteAsync(
                engine.CreateView(engine.Quote(place), stored.Sql),
                cancellationToken
            );
            await publication.TakePlaceAsync(name, place, RelationKind.View, cancellationToken);
            return;
        }

        var definitions = stored.Columns.Select(column => $"{engine.Quote(column.Name)} {column.Type}");
        await publication.Connection.ExecuteAsync(
            engine.CreateTable(engine.Quote(place), definitions, new TableOptions()),
            cancellationToken
        );
        await publication.Connection.AppendAsync(place, Batches(stored.Rows), cancellationToken);
        await publication.TakePlaceAsync(name, place, RelationKind.Table, cancellationToken);
    }

    /// <summary>Where failing rows are kept, cut to what the engine takes.</summary>
    public static RelationName Fitting(WarehouseEngine engine, RelationName name) =>
        name with
        {
            Name = engine.Fit(name.Name),
        };

    private static async IAsyncEnumerable<Batch> Batches(ResultTable table)
    {
        foreach (var batch in table.Batches)
        {
            yield return batch;
            await Task.Yield();
        }
    }

    /// <param name="Rows">The failing rows; null for a view.</param>
    private sealed record Stored(TestNode Test, string Sql, IReadOnlyList<RelationColumn> Columns, ResultTable? Rows);
}

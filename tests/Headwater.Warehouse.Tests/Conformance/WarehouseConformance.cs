using Headwater.Kernel.Names;
using Headwater.Warehouse.Port;
using Headwater.Warehouse.Publication;
using Headwater.Warehouse.Results;
using Headwater.Warehouse.Results.Building;

namespace Headwater.Warehouse.Tests.Conformance;

/// <summary>What every adapter of <see cref="IWarehouse"/> does alike. An adapter passes by a subclass that opens it empty.</summary>
public abstract class WarehouseConformance : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private WarehouseHost _host = null!;
    private IWarehouseConnection _connection = null!;

    /// <summary>A statement that would run for many minutes.</summary>
    protected abstract string EndlessSql { get; }

    private IWarehouse Warehouse => _host.Warehouse;

    public async ValueTask InitializeAsync()
    {
        _host = await OpenAsync();
        _connection = await Warehouse.ConnectAsync(None);
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        await _host.DisposeAsync();
        await CloseAsync();
        GC.SuppressFinalize(this);
    }

    protected abstract ValueTask<WarehouseHost> OpenAsync();

    /// <summary>Removes what the test left.</summary>
    protected abstract ValueTask CloseAsync();

    [Fact]
    public async Task A_statement_says_how_many_rows_it_changed()
    {
        await _connection.ExecuteAsync("create table t(i int)", None);
        Assert.Equal(3, await _connection.ExecuteAsync("insert into t values (1), (2), (3)", None));
        Assert.Equal(2, await _connection.ExecuteAsync("delete from t where i > 1", None));
        Assert.Equal(0, await _connection.ExecuteAsync("select i from t", None));
    }

    [Fact]
    public async Task Several_statements_run_in_order_and_the_last_one_counts()
    {
        var changed = await _connection.ExecuteAsync(
            "create table t(i int); insert into t values (1); insert into t select i + 1 from t",
            None
        );
        Assert.Equal(1, changed);
        Assert.Equal(2L, (await _connection.QueryAsync("select count(*) from t", None)).Value(0, 0));
    }

    [Fact]
    public async Task Parameters_reach_their_places()
    {
        var command = new SqlCommand(
            "select $2::text as second, $1::int + $1::int as twice",
            [new SqlParameter(21), new SqlParameter("it's")]
        );
        var table = await _connection.QueryAsync(command, None);
        Assert.Equal("it's", table.Value(0, 0));
        Assert.Equal(42, table.Value(0, 1));
        Assert.Equal(["second", "twice"], table.Columns.Select(column => column.Name));
    }

    [Fact]
    public async Task A_large_result_comes_in_batches_and_in_order()
    {
        await _connection.ExecuteAsync(
            "create table t as select (a.i * 300 + b.i)::int as i from generate_series(0, 299) a(i), generate_series(0, 299) b(i)",
            None
        );
        await using var reader = await _connection.ReadAsync(new SqlCommand("select i from t order by i"), None);
        var next = 0;
        await foreach (var batch in reader.ReadBatchesAsync(None))
        {
            for (var row = 0; row < batch.RowCount; row++)
            {
                Assert.Equal(next++, batch.Columns[0].Value(row));
            }
        }

        Assert.Equal(90_000, next);
    }

    [Fact]
    public async Task A_reader_may_be_left_early_and_the_connection_used_again()
    {
        await using (
            var reader = await _connection.ReadAsync(
                new SqlCommand("select a.i from generate_series(1, 100000) a(i), generate_series(1, 100000) b(i)"),
                None
            )
        )
        {
            await foreach (var batch in reader.ReadBatchesAsync(None))
            {
                Assert.True(batch.RowCount > 0);
                break;
            }
        }

        Assert.Equal(1, (await _connection.QueryAsync("select 1", None)).Value(0, 0));
    }

    [Fact]
    public async Task An_empty_result_has_its_columns()
    {
        var table = await _connection.QueryAsync("select 1 as a, 'x'::text as b where 1 = 0", None);
        Assert.Equal(0, table.RowCount);
        Assert.Equal(
            [
                new ResultColumn("a", new ColumnType(TypeKind.Int32)),
                new ResultColumn("b", new ColumnType(TypeKind.Text)),
            ],
            table.Columns
        );
    }

    [Fact]
    public async Task A_rollback_leaves_nothing()
    {
        await _connection.ExecuteAsync("create table t(i int)", None);
        await _connection.BeginAsync(None);
        await _connection.ExecuteAsync("insert into t values (1)", None);
        await _connection.ExecuteAsync("create table u(i int)", None);
        await _connection.RollbackAsync(None);
        Assert.Equal(0L, (await _connection.QueryAsync("select count(*) from t", None)).Value(0, 0));
        var error = await Assert.ThrowsAsync<WarehouseException>(async () =>
            await _connection.QueryAsync("select * from u", None)
        );
        Assert.Equal(WarehouseFailure.Statement, error.Failure);
    }

    [Fact]
    public async Task Others_see_a_transaction_only_after_its_commit()
    {
        await using var other = await Warehouse.ConnectAsync(None);
        await _connection.ExecuteAsync("create table t(i int)", None);
        await _connection.BeginAsync(None);
        await _connection.ExecuteAsync("insert into t values (1)", None);
        Assert.Equal(0L, (await other.QueryAsync("select count(*) from t", None)).Value(0, 0));
        await _connection.CommitAsync(None);
        Assert.Equal(1L, (await other.QueryAsync("select count(*) from t", None)).Value(0, 0));
    }

    [Fact]
    public async Task Disposing_a_connection_rolls_back()
    {
        await _connection.ExecuteAsync("create table t(i int)", None);
        await using (var other = await Warehouse.ConnectAsync(None))
        {
            await other.BeginAsync(None);
            await other.ExecuteAsync("insert into t values (1)", None);
        }

        Assert.Equal(0L, (await _connection.QueryAsync("select count(*) from t", None)).Value(0, 0));
    }

    [Theory]
    [InlineData("selec 1", "Statement")]
    [InlineData("select nope", "Statement")]
    [InlineData("select * from nope", "Statement")]
    [InlineData("insert into keyed values (1)", "Data")]
    [InlineData("select s::int from (values ('1'), ('x')) t(s)", "Data")]
    public async Task A_failure_is_classified(string sql, string failure)
    {
        await _connection.ExecuteAsync("create table keyed(i int primary key); insert into keyed values (1)", None);
        var error = await Assert.ThrowsAsync<WarehouseException>(async () => await _connection.QueryAsync(sql, None));
        Assert.Equal(failure, error.Failure.ToString());
    }

    [Fact]
    public async Task An_unknown_name_is_located_in_the_statement()
    {
        const string sql = "select 'ä 🎉' as a,\n  nope from (select 1 as i) t";
        var error = await Assert.ThrowsAsync<WarehouseException>(async () => await _connection.QueryAsync(sql, None));
        Assert.Equal(sql.IndexOf("nope", StringComparison.Ordinal), error.Position);
    }

    [Fact]
    public async Task A_write_that_meets_another_is_a_conflict()
    {
        await using var other = await Warehouse.ConnectAsync(None);
        await PublishedVersions.EnsureAsync(_connection, None);
        var relation = new RelationName("main", "t");
        await PublishedVersions.RaiseAsync(_connection, [relation], DateTimeOffset.UnixEpoch, None);
        await _connection.BeginAsync(None);
        await other.BeginAsync(None);
        foreach (var writer in (IWarehouseConnection[])[_connection, other])
        {
            // A transaction sees the database as of its first statement.
            await writer.QueryAsync("select * from _headwater.relation_versions", None);
        }

        await PublishedVersions.RaiseAsync(_connection, [relation], DateTimeOffset.UnixEpoch, None);

        // Some engines refuse at once, others let the second wait for how the first ends.
        var second = PublishedVersions.RaiseAsync(other, [relation], DateTimeOffset.UnixEpoch, None).AsTask();
        await _connection.CommitAsync(None);
        var error = await Assert.ThrowsAsync<WarehouseException>(() => second.WaitAsync(Patience));
        Assert.Equal(WarehouseFailure.Conflict, error.Failure);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(50)]
    public async Task Cancelling_stops_a_statement_and_the_connection_works_on(int wait)
    {
        using var source = new CancellationTokenSource();
        var running = _connection.QueryAsync(EndlessSql, source.Token).AsTask();
        await Task.Delay(wait, None);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WaitAsync(Patience));
        Assert.Equal(1, (await _connection.QueryAsync("select 1", None)).Value(0, 0));
    }

    [Fact]
    public async Task A_second_statement_beside_an_open_reader_is_our_bug()
    {
        await using var reader = await _connection.ReadAsync(new SqlCommand("select 1"), None);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await _connection.QueryAsync("select 2", None));
    }

    [Fact]
    public async Task Appended_batches_are_rows_of_the_table()
    {
        await _connection.ExecuteAsync("create schema s; create table s.t(i int, b bigint, x text)", None);
        var rows = await _connection.AppendAsync(new RelationName("s", "t"), Some(5_000).StreamAsync(), None);
        Assert.Equal(5_000, rows);
        var table = await _connection.QueryAsync(
            "select count(*), min(i)::int, max(i)::int, count(b), count(distinct x) from s.t",
            None
        );
        Assert.Equal(
            [5_000L, 0, 4_999, 3_334L, 5_000L],
            Enumerable.Range(0, 5).Select(column => table.Value(0, column))
        );
    }

    [Fact]
    public async Task Appended_rows_roll_back_with_the_transaction()
    {
        await _connection.ExecuteAsync("create table t(i int, b bigint, x text)", None);
        await _connection.BeginAsync(None);
        await _connection.AppendAsync(new RelationName("main", "t"), Some(10).StreamAsync(), None);
        await _connection.RollbackAsync(None);
        Assert.Equal(0L, (await _connection.QueryAsync("select count(*) from t", None)).Value(0, 0));
    }

    [Fact]
    public async Task A_failed_append_leaves_nothing()
    {
        await _connection.ExecuteAsync("create table t(i int primary key, b bigint, x text)", None);
        await Assert.ThrowsAsync<WarehouseException>(async () =>
            await _connection.AppendAsync(new RelationName("main", "t"), TwiceAsync(Some(300_000)), None)
        );
        Assert.Equal(0L, (await _connection.QueryAsync("select count(*) from t", None)).Value(0, 0));
    }

    [Fact]
    public async Task An_append_whose_source_fails_leaves_nothing()
    {
        await _connection.ExecuteAsync("create table t(i int, b bigint, x text)", None);
        await Assert.ThrowsAsync<IOException>(async () =>
            await _connection.AppendAsync(new RelationName("main", "t"), BrokenAsync(Some(300_000)), None)
        );
        Assert.Equal(0L, (await _connection.QueryAsync("select count(*) from t", None)).Value(0, 0));
    }

    [Fact]
    public async Task Versions_rise_with_the_commit_and_never_go_back()
    {
        var relation = new RelationName("main", "Orders");
        Assert.Equal(0, Warehouse.Versions[relation]);
        await PublishedVersions.EnsureAsync(_connection, None);
        for (var version = 1; version <= 2; version++)
        {
            await _connection.BeginAsync(None);
            await PublishedVersions.RaiseAsync(_connection, [relation, relation], DateTimeOffset.UnixEpoch, None);
            await Warehouse.RefreshVersionsAsync(None);
            Assert.Equal(version - 1, Warehouse.Versions[relation]);
            await _connection.CommitAsync(None);
            await Warehouse.RefreshVersionsAsync(None);
            Assert.Equal(version, Warehouse.Versions[new RelationName("MAIN", "orders")]);
        }
    }

    [Fact]
    public async Task A_version_that_is_rolled_back_was_never_there()
    {
        var relation = new RelationName("main", "orders");
        await PublishedVersions.EnsureAsync(_connection, None);
        await _connection.BeginAsync(None);
        await PublishedVersions.RaiseAsync(_connection, [relation], DateTimeOffset.UnixEpoch, None);
        await _connection.RollbackAsync(None);
        await Warehouse.RefreshVersionsAsync(None);
        Assert.Equal(0, Warehouse.Versions[relation]);
    }

    [Fact]
    public async Task Instants_are_read_in_UTC()
    {
        var instant = new DateTimeOffset(2024, 2, 29, 23, 30, 0, TimeSpan.FromHours(-5));
        var table = await _connection.QueryAsync(
            new SqlCommand(
                "select $1::timestamptz, $1::timestamptz::date, $1::timestamptz::text",
                [new SqlParameter(instant)]
            ),
            None
        );
        Assert.Equal(instant.UtcDateTime, table.Value(0, 0));
        Assert.Equal(new DateOnly(2024, 3, 1), table.Value(0, 1));
        Assert.Equal("2024-03-01 04:30:00+00", table.Value(0, 2));
    }

    // Every third bigint is null.
    private static ResultTable Some(int rows)
    {
        var numbers = new FixedColumnBuilder<int>(new ColumnType(TypeKind.Int32));
        var bigs = new FixedColumnBuilder<long>(new ColumnType(TypeKind.Int64));
        var texts = new TextColumnBuilder();
        for (var row = 0; row < rows; row++)
        {
            numbers.Add(row);
            texts.Add($"row number {row}");
            if (row % 3 == 2)
            {
                bigs.AddNull();
            }
            else
            {
                bigs.Add(row * 1_000_000_000L);
            }
        }

        return new ResultTable(
            [
                new ResultColumn("i", new ColumnType(TypeKind.Int32)),
                new ResultColumn("b", new ColumnType(TypeKind.Int64)),
                new ResultColumn("x", new ColumnType(TypeKind.Text)),
            ],
            [new Batch([numbers.Build(), bigs.Build(), texts.Build()], rows)]
        );
    }

    private static async IAsyncEnumerable<Batch> TwiceAsync(ResultTable table)
    {
        yield return table.Batches[0];
        await Task.Yield();
        yield return table.Batches[0];
    }

    private static async IAsyncEnumerable<Batch> BrokenAsync(ResultTable table)
    {
        yield return table.Batches[0];
        await Task.Yield();
        throw new IOException("The source broke.");
    }
}

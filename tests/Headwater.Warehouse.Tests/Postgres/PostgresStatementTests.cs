using Headwater.Warehouse.Port;
using Headwater.Warehouse.Postgres;
using Headwater.Warehouse.Results;
using Headwater.Warehouse.Results.Columns;

namespace Headwater.Warehouse.Tests.Postgres;

public sealed class PostgresStatementTests(PostgresWarehouseFixture warehouse)
    : IClassFixture<PostgresWarehouseFixture>,
        IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;

    private IWarehouseConnection _connection = null!;

    public static TheoryData<object?, string, object?> Parameters =>
        new()
        {
            { true, "boolean", true },
            { (sbyte)-1, "smallint", (short)-1 },
            { 7, "integer", 7 },
            { 7L, "bigint", 7L },
            { ulong.MaxValue, "numeric", 18446744073709551615m },
            { Int128.MaxValue / 10, "numeric", "17014118346046923173168730371588410572" },
            { 1.25m, "numeric", 1.25m },
            { 1.5, "double precision", 1.5 },
            { "it's", "text", "it's" },
            { new byte[] { 1, 0 }, "bytea", new byte[] { 1, 0 } },
            { new DateOnly(2024, 2, 29), "date", new DateOnly(2024, 2, 29) },
            { new TimeOnly(10, 30), "time without time zone", new TimeOnly(10, 30) },
            { new DateTime(2024, 1, 1, 8, 0, 0), "timestamp without time zone", new DateTime(2024, 1, 1, 8, 0, 0) },
            { new Interval(1, 2, 3), "interval", new Interval(1, 2, 3) },
            { new OffsetTime(3_600_000_000, -3_600), "time with time zone", new OffsetTime(3_600_000_000, -3_600) },
            {
                new List<string?> { "a", null },
                "text[]",
                new object?[] { "a", null }
            },
            { new List<string>(), "text[]", Array.Empty<object?>() },
            { new[] { 1L, 2L }, "bigint[]", new object?[] { 1L, 2L } },
            { new[] { 1.5m, 2m }, "numeric[]", new object?[] { 1.5m, 2.0m } },
            { new[] { new DateOnly(2024, 1, 1) }, "date[]", new object?[] { new DateOnly(2024, 1, 1) } },
        };

    public async ValueTask InitializeAsync() => _connection = await warehouse.Warehouse.ConnectAsync(None);

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    [Theory]
    [MemberData(nameof(Parameters))]
    public async Task A_parameter_has_its_type(object? value, string type, object? expected)
    {
        var table = await _connection.QueryAsync(
            new SqlCommand("select pg_typeof($1)::text, $1", [new SqlParameter(value)]),
            None
        );
        Assert.Equal(type, table.Value(0, 0));
        Assert.Equal(expected, table.Value(0, 1));
    }

    [Fact]
    public async Task A_null_takes_the_type_that_is_stated()
    {
        var table = await _connection.QueryAsync(
            new SqlCommand("select pg_typeof($1)::text, $1", [new SqlParameter(null, new ColumnType(TypeKind.Date))]),
            None
        );
        Assert.Equal("date", table.Value(0, 0));
        Assert.Null(table.Value(0, 1));
    }

    [Fact]
    public async Task Colons_at_signs_and_question_marks_are_what_they_are_to_the_server()
    {
        var table = await _connection.QueryAsync(
            "select (array[1, 2, 3])[1:2], ':name @p' as t, '{\"a\": 1}'::jsonb ? 'a' as has -- :x; @y",
            None
        );
        Assert.Equal([1, 2], (object?[])table.Value(0, 0)!);
        Assert.Equal(":name @p", table.Value(0, 1));
        Assert.Equal(true, table.Value(0, 2));
    }

    [Theory]
    [InlineData("select 1; select 'a;b'; select $$;$$ ;; -- ;\n", "select 1|select 'a;b'|select $$;$$")]
    [InlineData("/* ; */", "")]
    [InlineData(
        "create function f() returns int begin atomic; select case when true then 1 end; end; select 2",
        "create function f() returns int begin atomic; select case when true then 1 end; end|select 2"
    )]
    public void A_script_is_split_at_the_semicolons_between_statements(string script, string expected) =>
        Assert.Equal(expected, string.Join('|', PostgresScript.Split(script).Select(statement => statement.Text)));

    [Fact]
    public async Task A_failure_is_located_in_the_whole_script()
    {
        const string script = "select 1;\n  select 'ä', 2;\nselect nope";
        var error = await Assert.ThrowsAsync<WarehouseException>(async () =>
            await _connection.ExecuteAsync(script, None)
        );
        Assert.Equal(script.IndexOf("nope", StringComparison.Ordinal), error.Position);
    }

    [Fact]
    public async Task A_script_that_fails_leaves_nothing()
    {
        await Assert.ThrowsAsync<WarehouseException>(async () =>
            await _connection.ExecuteAsync("create table half(i int); insert into half values (1 / 0)", None)
        );
        Assert.Null((await _connection.QueryAsync("select to_regclass('half')::text", None)).Value(0, 0));
    }

    [Fact]
    public async Task What_may_not_run_in_a_transaction_runs_alone()
    {
        await _connection.ExecuteAsync("create table vacuumed(i int)", None);
        await _connection.ExecuteAsync("vacuum vacuumed", None);
        await _connection.ExecuteAsync("create index concurrently on vacuumed(i);", None);
    }

    [Fact]
    public async Task A_commit_after_a_failed_statement_fails_too()
    {
        await _connection.BeginAsync(None);
        await Assert.ThrowsAsync<WarehouseException>(async () => await _connection.ExecuteAsync("select nope", None));
        await Assert.ThrowsAsync<WarehouseException>(async () => await _connection.CommitAsync(None));
        Assert.Equal(1, (await _connection.QueryAsync("select 1", None)).Value(0, 0));
    }

    [Fact]
    public async Task However_early_it_is_cancelled_a_statement_ends_on_the_server()
    {
        for (var round = 0; round < 20; round++)
        {
            using var source = new CancellationTokenSource();
            var running = _connection
                .ExecuteAsync($"select pg_sleep(36000) /* round {round} */", source.Token)
                .AsTask();
            await source.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WaitAsync(TimeSpan.FromMinutes(1)));
            Assert.Equal(round, (await _connection.QueryAsync($"select {round}", None)).Value(0, 0));
        }

        var left = await _connection.QueryAsync(
            "select count(*) from pg_stat_activity where datname = current_database() and state = 'active' and query like '%36000%' and pid <> pg_backend_pid()",
            None
        );
        Assert.Equal(0L, left.Value(0, 0));
    }

    [Fact]
    public async Task A_savepoint_is_returned_to()
    {
        Assert.True(warehouse.Warehouse.Dialect.HasSavepoints);
        await _connection.BeginAsync(None);
        await _connection.ExecuteAsync("create table kept(i int); savepoint x", None);
        await Assert.ThrowsAsync<WarehouseException>(async () => await _connection.ExecuteAsync("select nope", None));
        await _connection.ExecuteAsync("rollback to savepoint x", None);
        await _connection.ExecuteAsync("insert into kept values (1)", None);
        await _connection.CommitAsync(None);
        Assert.Equal(1L, (await _connection.QueryAsync("select count(*) from kept", None)).Value(0, 0));
    }

    [Fact]
    public async Task A_reader_left_early_in_a_transaction_does_not_end_it()
    {
        await _connection.BeginAsync(None);
        await using (
            var reader = await _connection.ReadAsync(new SqlCommand("select i from generate_series(1, 100000) i"), None)
        )
        {
            await foreach (var batch in reader.ReadBatchesAsync(None))
            {
                Assert.True(batch.RowCount > 0);
                break;
            }
        }

        Assert.Equal(1, (await _connection.QueryAsync("select 1", None)).Value(0, 0));
        await _connection.CommitAsync(None);
    }

    [Fact]
    public async Task A_transaction_sees_the_database_as_of_its_first_statement()
    {
        await _connection.ExecuteAsync("create table seen(i int)", None);
        await _connection.BeginAsync(None);
        Assert.Equal(0L, (await _connection.QueryAsync("select count(*) from seen", None)).Value(0, 0));
        await using (var other = await warehouse.Warehouse.ConnectAsync(None))
        {
            await other.ExecuteAsync("insert into seen values (1)", None);
        }

        Assert.Equal(0L, (await _connection.QueryAsync("select count(*) from seen", None)).Value(0, 0));
        await _connection.CommitAsync(None);
        Assert.Equal(1L, (await _connection.QueryAsync("select count(*) from seen", None)).Value(0, 0));
    }

    [Theory]
    [InlineData("select 1 / 0", "Data")]
    [InlineData("select 'x'::jsonb", "Data")]
    [InlineData("do $$ begin raise exception 'stop'; end $$", "Data")]
    [InlineData("select * from nowhere.t", "Statement")]
    [InlineData("drop schema pg_catalog", "Statement")]
    [InlineData("set statement_timeout = 1; select pg_sleep(10)", "Resources")]
    [InlineData("select 1; vacuum", "Statement")]
    public async Task A_failure_is_classified_by_its_state(string sql, string failure)
    {
        var error = await Assert.ThrowsAsync<WarehouseException>(async () => await _connection.ExecuteAsync(sql, None));
        Assert.Equal(failure, error.Failure.ToString());
    }

    [Fact]
    public async Task A_session_that_the_server_ends_is_a_failure_of_the_storage()
    {
        await using var other = await warehouse.Warehouse.ConnectAsync(None);
        var number = (await other.QueryAsync("select pg_backend_pid()", None)).Value(0, 0);
        await _connection.ExecuteAsync($"select pg_terminate_backend({number})", None);
        var error = await Assert.ThrowsAsync<WarehouseException>(async () => await other.QueryAsync("select 1", None));
        Assert.Equal(WarehouseFailure.Storage, error.Failure);
    }
}

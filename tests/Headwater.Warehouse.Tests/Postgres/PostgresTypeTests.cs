using Headwater.Kernel.Names;
using Headwater.Testing;
using Headwater.Warehouse.Port;
using Headwater.Warehouse.Results;
using Headwater.Warehouse.Results.Columns;
using Headwater.Warehouse.Tests.Conformance;

namespace Headwater.Warehouse.Tests.Postgres;

public sealed class PostgresTypeTests(PostgresWarehouseFixture warehouse)
    : IClassFixture<PostgresWarehouseFixture>,
        IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;

    private IWarehouseConnection _connection = null!;

    public static TheoryData<string, TypeKind, object?> Values =>
        new()
        {
            { "true", TypeKind.Boolean, true },
            { "(-32768)::smallint", TypeKind.Int16, short.MinValue },
            { "2147483647", TypeKind.Int32, int.MaxValue },
            { "(-9223372036854775808)::bigint", TypeKind.Int64, long.MinValue },
            { "4294967295::oid", TypeKind.UInt32, uint.MaxValue },
            { "1.5::real", TypeKind.Float32, 1.5f },
            { "'-infinity'::double precision", TypeKind.Float64, double.NegativeInfinity },
            { "-0.01::numeric(4, 2)", TypeKind.Decimal, -0.01m },
            { "1234567.89::numeric(9, 2)", TypeKind.Decimal, 1234567.89m },
            { "10000::numeric(9, 0)", TypeKind.Decimal, 10000m },
            { "0::numeric(9, 5)", TypeKind.Decimal, 0m },
            { "-1.5::numeric(38, 20)", TypeKind.Decimal, -1.50000000000000000000m },
            {
                "99999999999999999999999999999999999999::numeric(38, 0)",
                TypeKind.Decimal,
                "99999999999999999999999999999999999999"
            },
            { "12.3450::numeric", TypeKind.Decimal, 12.3450m },
            { "0.0000000001::numeric", TypeKind.Decimal, 0.0000000001m },
            { "'ä\U0001F389'", TypeKind.Text, "ä\U0001F389" },
            { "'ab'::char(4)", TypeKind.Text, "ab  " },
            { "'ab'::varchar(4)", TypeKind.Text, "ab" },
            { "'{\"a\":1}'::json", TypeKind.Text, "{\"a\":1}" },
            { "'{\"a\":1}'::jsonb", TypeKind.Text, "{\"a\": 1}" },
            { "'\\x00FF'::bytea", TypeKind.Blob, new byte[] { 0, 255 } },
            { "B'0101101'", TypeKind.Bit, "0101101" },
            { "''::varbit", TypeKind.Bit, "" },
            {
                "'f81d4fae-7dec-11d0-a765-00a0c91e6bf6'::uuid",
                TypeKind.Uuid,
                Guid.Parse("f81d4fae-7dec-11d0-a765-00a0c91e6bf6")
            },
            { "date '2024-02-29'", TypeKind.Date, new DateOnly(2024, 2, 29) },
            { "date '0001-01-01'", TypeKind.Date, DateOnly.MinValue },
            { "'infinity'::date", TypeKind.Date, "infinity" },
            { "time '23:59:59.999999'", TypeKind.Time, new TimeOnly(TimeSpan.TicksPerDay - 10) },
            { "'24:00:00'::time", TypeKind.Time, "24:00:00" },
            { "'12:30:00+05:30'::timetz", TypeKind.TimeTz, new OffsetTime(45_000_000_000, 19_800) },
            { "timestamp '1969-12-31 23:59:59.5'", TypeKind.Timestamp, new DateTime(1969, 12, 31, 23, 59, 59, 500) },
            { "timestamptz '2024-01-01 10:00:00+02:00'", TypeKind.TimestampTz, new DateTime(2024, 1, 1, 8, 0, 0) },
            { "'-infinity'::timestamp", TypeKind.Timestamp, "-infinity" },
            { "interval '1 year 2 days 3 hours'", TypeKind.Interval, new Interval(12, 2, 10_800_000_000) },
            { "array[1, null, 3]", TypeKind.List, new object?[] { 1, null, 3 } },
            { "array['a', 'ä']", TypeKind.List, new object?[] { "a", "ä" } },
            { "array[1.5, 2.25]", TypeKind.List, new object?[] { 1.50m, 2.25m } },
            { "'{}'::int[]", TypeKind.List, Array.Empty<object?>() },
            { "'10.0.0.1/8'::inet", TypeKind.Text, "10.0.0.1/8" },
            { "'08:00:2b:01:02:03'::macaddr", TypeKind.Text, "08:00:2b:01:02:03" },
            { "int4range(1, 5)", TypeKind.Text, "[1,5)" },
            { "'(1,2)'::point", TypeKind.Text, "(1,2)" },
            { "to_tsvector('simple', 'b a')", TypeKind.Text, "'a':2 'b':1" },
            { "'high'::grade", TypeKind.Text, "high" },
            { "array['high'::grade]", TypeKind.Text, "{high}" },
            { "row(1, 'x')::pair", TypeKind.Text, "(1,x)" },
            { "5::even", TypeKind.Int32, 5 },
        };

    public async ValueTask InitializeAsync() => _connection = await warehouse.Warehouse.ConnectAsync(None);

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    [Theory]
    [MemberData(nameof(Values))]
    public async Task A_value_is_read_with_its_kind(string sql, TypeKind kind, object? expected)
    {
        await _connection.ExecuteAsync(
            """
            drop type if exists grade, pair cascade; create type grade as enum ('low', 'high'); create type pair as (i int, t text);
            drop domain if exists even; create domain even as int
            """,
            None
        );

        // The row in between is null, so that values after nulls are seen too.
        var table = await _connection.QueryAsync(
            $"select v from (select 1 as n, {sql} as v union all select 2, null union all select 3, {sql}) t order by n",
            None
        );
        Assert.Equal(kind, table.Columns[0].Type.Kind);
        Assert.Equal(expected, table.Value(0, 0));
        Assert.Null(table.Value(1, 0));
        Assert.Equal(expected, table.Value(2, 0));
    }

    [Fact]
    public async Task Decimals_keep_the_digits_that_their_column_states()
    {
        await _connection.ExecuteAsync(
            "create temp table d(v numeric(12, 4)); insert into d values (1.5), (-99999999.9999)",
            None
        );
        var table = await _connection.QueryAsync("select v from d order by v", None);
        Assert.Equal(ColumnType.DecimalOf(12, 4), table.Columns[0].Type);
        Assert.Equal(-99999999.9999m, table.Value(0, 0));
        Assert.True(((DecimalColumn)table.Batches[0].Columns[0]).IsNarrow);
    }

    [Fact]
    public async Task Numbers_without_a_scale_agree_on_one()
    {
        var table = await _connection.QueryAsync("select v from (values (1.5), (2.125), (null), (3)) t(v)", None);
        Assert.Equal(3, table.Columns[0].Type.Scale);
        Assert.Equal([1.500m, 2.125m, null, 3m], Enumerable.Range(0, 4).Select(row => table.Value(row, 0)));
    }

    [Fact]
    public async Task In_a_long_result_later_digits_are_kept_to_the_tenth()
    {
        var table = await _connection.QueryAsync(
            "select case when i <= 100000 then 1 else 1 / 3.0 end from generate_series(1, 100001) i",
            None
        );
        Assert.Equal(10, table.Columns[0].Type.Scale);
        Assert.Equal(0.3333333333m, table.Value(100_000, 0));
    }

    [Theory]
    [InlineData("'NaN'::numeric")]
    [InlineData("1e40::numeric")]
    [InlineData("array[[1, 2], [3, 4]]")]
    public async Task What_has_no_place_in_a_column_says_to_cast_it(string sql)
    {
        var error = await Assert.ThrowsAsync<WarehouseException>(async () =>
            await _connection.QueryAsync($"select {sql}", None)
        );
        Assert.Equal(WarehouseFailure.Data, error.Failure);
        Assert.Contains("cast it", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, (await _connection.QueryAsync("select 1", None)).Value(0, 0));
    }

    [Fact]
    public async Task A_statement_that_changes_rows_never_runs_twice_for_the_sake_of_a_type()
    {
        await _connection.ExecuteAsync("create temp table r(v int4range)", None);
        var error = await Assert.ThrowsAsync<WarehouseException>(async () =>
            await _connection.QueryAsync("insert into r values (int4range(1, 2)) returning v", None)
        );
        Assert.Contains("cast it", error.Message, StringComparison.Ordinal);
        Assert.True((long)(await _connection.QueryAsync("select count(*) from r", None)).Value(0, 0)! <= 1);
    }

    [Fact]
    public async Task Types_made_in_the_running_transaction_are_read()
    {
        await _connection.BeginAsync(None);
        await _connection.ExecuteAsync("create type colour as enum ('red')", None);
        Assert.Equal("red", (await _connection.QueryAsync("select 'red'::colour", None)).Value(0, 0));
        await _connection.RollbackAsync(None);
    }

    [Fact]
    public async Task Long_texts_are_whole()
    {
        var table = await _connection.QueryAsync(
            "select repeat('ä', n) from (values (127), (128), (129), (1000000), (1)) t(n)",
            None
        );
        Assert.Equal(
            [127, 128, 129, 1_000_000, 1],
            Enumerable.Range(0, 5).Select(row => ((string)table.Value(row, 0)!).Length)
        );
    }

    [Fact]
    public async Task What_was_read_can_be_appended_and_is_the_same()
    {
        const string values = """
            select i::int as i, i % 2 = 0 as b, (i / 7.0)::numeric(9, 3) as d, (i / 7.0 * 1e20)::numeric(38, 3) as w, round(i / 7.0, 5) as n,
                'text number ' || i as t, decode(lpad(to_hex(i), 8, '0'), 'hex') as y, gen_random_uuid() as u, date '2020-01-01' + i::int as day,
                time '10:00:00' + i * interval '1 second' as c, '10:00:00+02'::timetz as z, timestamp '2020-01-01 00:00:00' + i * interval '1 second' as ts,
                to_timestamp(i) as tz, i * interval '1 day 3 seconds' as v, (i % 8)::bit(3) as bits, case when i % 5 = 0 then null else array[i, null] end as l,
                array['a' || i] as tl, case when i % 3 = 0 then null else i::double precision end as f, i::real as r, i::smallint as s,
                json_build_object('i', i)::text::json as js, jsonb_build_object('i', i) as jb
            from generate_series(1, 5000) i
            """;
        await _connection.ExecuteAsync(
            $"drop table if exists first, second; create table first as {values}; create table second as select * from first limit 0",
            None
        );
        var source = await _connection.QueryAsync("select * from first", None);
        await _connection.AppendAsync(new RelationName("main", "second"), source.StreamAsync(), None);
        var difference = await _connection.QueryAsync(
            """
            select count(*) from (
                (select to_jsonb(first)::text, js::text, encode(y, 'hex') from first except all select to_jsonb(second)::text, js::text, encode(y, 'hex') from second)
                union all
                (select to_jsonb(second)::text, js::text, encode(y, 'hex') from second except all select to_jsonb(first)::text, js::text, encode(y, 'hex') from first)
            ) d
            """,
            None
        );
        Assert.Equal(0L, difference.Value(0, 0));
        Assert.Equal(5000L, (await _connection.QueryAsync("select count(*) from second", None)).Value(0, 0));
    }

    [Fact]
    public async Task Values_go_into_wider_and_into_text_columns()
    {
        await _connection.ExecuteAsync(
            "drop table if exists wide; create table wide(a bigint, b numeric(10, 2), c double precision, d text, e timestamp, f jsonb)",
            None
        );
        var source = await _connection.QueryAsync(
            "select 1, 2.345::numeric(9, 3), 3.5::real, date '2024-02-29', date '2024-02-29', array[1, 2]",
            None
        );
        await _connection.AppendAsync(new RelationName("main", "wide"), source.StreamAsync(), None);
        var table = await _connection.QueryAsync("select * from wide", None);
        Assert.Equal(
            [1L, 2.35m, 3.5, "2024-02-29", new DateTime(2024, 2, 29), "[1, 2]"],
            Enumerable.Range(0, 6).Select(column => table.Value(0, column))
        );
    }

    [Fact]
    public async Task A_number_too_large_for_its_column_is_a_failure_of_the_data()
    {
        await _connection.ExecuteAsync("drop table if exists small; create table small(a smallint)", None);
        var source = await _connection.QueryAsync("select 40000", None);
        var error = await Assert.ThrowsAsync<WarehouseException>(async () =>
            await _connection.AppendAsync(new RelationName("main", "small"), source.StreamAsync(), None)
        );
        Assert.Equal(WarehouseFailure.Data, error.Failure);
    }

    [Fact]
    public async Task What_the_file_engine_reads_comes_over_by_value()
    {
        const string values = """
            select i::int as i, i % 2 = 0 as b, (i % 100)::tinyint as y, i::ubigint + 18446744073709551000 as ub, i::hugeint * -10000000000000000000 as h,
                (i / 7.0)::decimal(9, 3) as d, 'text ' || i as t, ('\x0' || i % 10)::blob as o, uuid() as u, date '2020-01-01' + i::int as day,
                time '10:00:00' + to_seconds(i) as c, timestamp '2020-01-01 00:00:00' + to_seconds(i) as ts, to_timestamp(i) as tz,
                to_days(i::int) as v, (case when i % 2 = 0 then 'low' else 'high' end)::enum('low', 'high') as e, bitstring('0101', 12) as bits,
                [i, null] as l, {'x': i, 'y': [i::varchar]} as s, map {'k': i} as m, case when i % 3 = 0 then null else i::double end as n
            from range(500) t(i)
            """;
        await using var files = await warehouse.Warehouse.FileEngine.ConnectAsync(None);
        var source = await files.QueryAsync(values, None);
        var columns = source.Columns.Select(column => $"\"{column.Name}\" {warehouse.Warehouse.SqlType(column.Type)}");
        await _connection.ExecuteAsync($"create table main.from_files({string.Join(", ", columns)})", None);
        Assert.Equal(
            500,
            await _connection.AppendAsync(new RelationName("main", "from_files"), source.StreamAsync(), None)
        );
        var table = await _connection.QueryAsync("select * from main.from_files where i = 7", None);
        Assert.Equal(
            [
                7,
                false,
                (short)7,
                18446744073709551007m,
                "-70000000000000000000",
                1.000m,
                "text 7",
                new byte[] { 7 },
                source.Value(7, 8),
                new DateOnly(2020, 1, 8),
                new TimeOnly(10, 0, 7),
                new DateTime(2020, 1, 1, 0, 0, 7),
                DateTime.UnixEpoch.AddSeconds(7),
                new Interval(0, 7, 0),
                "high",
                "000000000101",
                new object?[] { 7L, null },
                "{\"x\": 7, \"y\": [\"7\"]}",
                "{\"k\": 7}",
                7.0,
            ],
            Enumerable.Range(0, 20).Select(column => table.Value(0, column)).Select(Plain)
        );
    }

    private static object? Plain(object? value) =>
        value is decimal large && Math.Abs(large) > ulong.MaxValue
            ? large.ToString(System.Globalization.CultureInfo.InvariantCulture)
            : value;
}

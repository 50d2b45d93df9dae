using Headwater.Warehouse.DuckDb;
using Headwater.Warehouse.Port;
using Headwater.Warehouse.Results;
using Headwater.Warehouse.Results.Columns;

namespace Headwater.Warehouse.Tests.DuckDb;

public sealed class DuckDbTypeTests : IAsyncLifetime
{
    private readonly TemporaryFolder _home = new();
    private WarehouseHost _host = null!;
    private IWarehouseConnection _connection = null!;

    public async ValueTask InitializeAsync()
    {
        _host = WarehouseHost.OpenDuckDb(new DuckDbWarehouseOptions { Home = _home.Path });
        _connection = await _host.Warehouse.ConnectAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        await _host.DisposeAsync();
        _home.Dispose();
    }

    public static TheoryData<string, TypeKind, object?> Values =>
        new()
        {
            { "null", TypeKind.Int32, null },
            { "true", TypeKind.Boolean, true },
            { "(-128)::tinyint", TypeKind.Int8, sbyte.MinValue },
            { "32767::smallint", TypeKind.Int16, short.MaxValue },
            { "(-2147483648)::int", TypeKind.Int32, int.MinValue },
            { "9223372036854775807::bigint", TypeKind.Int64, long.MaxValue },
            { "170141183460469231731687303715884105727::hugeint", TypeKind.Int128, Int128.MaxValue },
            { "255::utinyint", TypeKind.UInt8, byte.MaxValue },
            { "65535::usmallint", TypeKind.UInt16, ushort.MaxValue },
            { "4294967295::uinteger", TypeKind.UInt32, uint.MaxValue },
            { "18446744073709551615::ubigint", TypeKind.UInt64, ulong.MaxValue },
            { "340282366920938463463374607431768211455::uhugeint", TypeKind.UInt128, UInt128.MaxValue },
            { "1.5::float", TypeKind.Float32, 1.5f },
            { "'infinity'::double", TypeKind.Float64, double.PositiveInfinity },
            { "-0.01::decimal(4, 2)", TypeKind.Decimal, -0.01m },
            { "1234567.89::decimal(9, 2)", TypeKind.Decimal, 1234567.89m },
            { "999999999999999999::decimal(18, 0)", TypeKind.Decimal, 999999999999999999m },
            { "-1.5::decimal(38, 20)", TypeKind.Decimal, -1.50000000000000000000m },
            {
                "99999999999999999999999999999999999999::decimal(38, 0)",
                TypeKind.Decimal,
                "99999999999999999999999999999999999999"
            },
            { "'ä\U0001F389'", TypeKind.Text, "ä\U0001F389" },
            { "'\\x00\\xFF'::blob", TypeKind.Blob, new byte[] { 0, 255 } },
            { "'0101101'::bit", TypeKind.Bit, "0101101" },
            {
                "'f81d4fae-7dec-11d0-a765-00a0c91e6bf6'::uuid",
                TypeKind.Uuid,
                Guid.Parse("f81d4fae-7dec-11d0-a765-00a0c91e6bf6")
            },
            { "date '2024-02-29'", TypeKind.Date, new DateOnly(2024, 2, 29) },
            { "date '0001-01-01'", TypeKind.Date, DateOnly.MinValue },
            { "'infinity'::date", TypeKind.Date, "infinity" },
            { "date '20000-03-01'", TypeKind.Date, "+020000-03-01" },
            { "time '23:59:59.999999'", TypeKind.Time, new TimeOnly(TimeSpan.TicksPerDay - 10) },
            { "'24:00:00'::time", TypeKind.Time, "24:00:00" },
            { "'12:30:00+05:30'::timetz", TypeKind.TimeTz, new OffsetTime(45_000_000_000, 19_800) },
            { "timestamp '1969-12-31 23:59:59.5'", TypeKind.Timestamp, new DateTime(1969, 12, 31, 23, 59, 59, 500) },
            { "timestamp_s '2024-01-01 10:00:00'", TypeKind.Timestamp, new DateTime(2024, 1, 1, 10, 0, 0) },
            { "timestamp_ms '2024-01-01 10:00:00.123'", TypeKind.Timestamp, new DateTime(2024, 1, 1, 10, 0, 0, 123) },
            { "timestamp_ns '1969-12-31 23:59:59.999999999'", TypeKind.Timestamp, new DateTime(621355967999999990) },
            { "timestamptz '2024-01-01 10:00:00+02:00'", TypeKind.TimestampTz, new DateTime(2024, 1, 1, 8, 0, 0) },
            { "'-infinity'::timestamp", TypeKind.Timestamp, "-infinity" },
            { "interval '1 year 2 days 3 hours'", TypeKind.Interval, new Interval(12, 2, 10_800_000_000) },
            { "'high'::enum('low', 'high')", TypeKind.Enum, "high" },
            { "[1, null, 3]", TypeKind.List, new object?[] { 1, null, 3 } },
            { "[]::int[]", TypeKind.List, Array.Empty<object?>() },
            {
                "[[1], [], null, [2, 3]]",
                TypeKind.List,
                new object?[] { new object?[] { 1 }, Array.Empty<object?>(), null, new object?[] { 2, 3 } }
            },
            { "[1, 2]::int[2]", TypeKind.List, new object?[] { 1, 2 } },
        };

    [Theory]
    [MemberData(nameof(Values))]
    public async Task A_value_is_read_with_its_kind(string sql, TypeKind kind, object? expected)
    {
        // The row in between is null, so that values after nulls are seen too.
        var table = await _connection.QueryAsync(
            $"select v from (values (1, {sql}), (2, null), (3, {sql})) t(n, v) order by n",
            CancellationToken.None
        );
        Assert.Equal(kind, table.Columns[0].Type.Kind);
        Assert.Equal(expected, table.Value(0, 0));
        Assert.Null(table.Value(1, 0));
        Assert.Equal(expected, table.Value(2, 0));
    }

    [Fact]
    public async Task Nested_values_keep_their_nulls_at_every_depth()
    {
        var table = await _connection.QueryAsync(
            """
            select v from (values
                (1, {'a': [{'b': 1}, null, {'b': null}], 'm': map {'k': [1, null]}}),
                (2, null),
                (3, {'a': null, 'm': null}),
                (4, {'a': [], 'm': map {}})) t(n, v) order by n
            """,
            CancellationToken.None
        );
        var first = Assert.IsType<OrderedDictionary<string, object?>>(table.Value(0, 0));
        var list = Assert.IsType<object?[]>(first["a"]);
        Assert.Equal(1, Assert.IsType<OrderedDictionary<string, object?>>(list[0])["b"]);
        Assert.Null(list[1]);
        Assert.Null(Assert.IsType<OrderedDictionary<string, object?>>(list[2])["b"]);
        var map = Assert.IsType<KeyValuePair<object, object?>[]>(first["m"]);
        Assert.Equal("k", map[0].Key);
        Assert.Equal([1, null], Assert.IsType<object?[]>(map[0].Value));
        Assert.Null(table.Value(1, 0));
        var third = Assert.IsType<OrderedDictionary<string, object?>>(table.Value(2, 0));
        Assert.Equal([null, null], third.Values);
        var fourth = Assert.IsType<OrderedDictionary<string, object?>>(table.Value(3, 0));
        Assert.Empty(Assert.IsType<object?[]>(fourth["a"]));
    }

    [Fact]
    public async Task Constant_lists_over_many_rows_are_read_right()
    {
        var table = await _connection.QueryAsync(
            "select i, [1, 2, 3] as c, [i, i + 1] as l, {'x': [i]} as s from range(5000) t(i)",
            CancellationToken.None
        );
        for (long row = 0; row < 5000; row += 617)
        {
            Assert.Equal([1, 2, 3], (object?[])table.Value(row, 1)!);
            Assert.Equal([row, row + 1], (object?[])table.Value(row, 2)!);
            Assert.Equal([row], (object?[])((OrderedDictionary<string, object?>)table.Value(row, 3)!)["x"]!);
        }
    }

    [Fact]
    public async Task A_thousand_columns_are_read()
    {
        var list = string.Join(", ", Enumerable.Range(0, 1000).Select(column => $"i + {column} as c{column}"));
        var table = await _connection.QueryAsync($"select {list} from range(3000) t(i)", CancellationToken.None);
        Assert.Equal(3000, table.RowCount);
        Assert.Equal(2999L + 999, table.Value(2999, 999));
    }

    [Fact]
    public async Task A_type_that_cannot_be_read_says_to_cast_it()
    {
        var error = await Assert.ThrowsAsync<WarehouseException>(async () =>
            await _connection.QueryAsync("select union_value(n := 1)", CancellationToken.None)
        );
        Assert.Equal(WarehouseFailure.Statement, error.Failure);
        Assert.Contains("cast", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, (await _connection.QueryAsync("select 1", CancellationToken.None)).Value(0, 0));
    }

    [Fact]
    public async Task What_was_read_can_be_appended_and_is_the_same()
    {
        const string values = """
            select i::int as i, i % 2 = 0 as b, i::hugeint * 1000000000000000000000 as h, (i / 7.0)::decimal(9, 3) as d,
                (i / 7.0)::decimal(30, 3) as w, 'text number ' || i as t, ('\x0' || i % 10)::blob as y, uuid() as u,
                date '2020-01-01' + i::int as day, time '10:00:00' + to_seconds(i) as c, '10:00:00+02'::timetz as z,
                timestamp '2020-01-01 00:00:00' + to_seconds(i) as ts, to_timestamp(i) as tz, to_days(i::int) as v,
                (case when i % 2 = 0 then 'low' else 'high' end)::enum('low', 'high') as e, bitstring('0101', 12) as bits,
                case when i % 5 = 0 then null else range(i % 4) end as l, {'x': i, 'y': [case when i % 3 = 0 then null else i::varchar end]} as s,
                map {i: 'v' || i} as m, case when i % 3 = 0 then null else i::double end as n
            from range(5000) t(i)
            """;
        await _connection.ExecuteAsync(
            $"create table a as {values}; create table b as from a limit 0",
            CancellationToken.None
        );
        var source = await _connection.QueryAsync("from a", CancellationToken.None);
        await _connection.AppendAsync(
            new Kernel.Names.RelationName("main", "b"),
            Tests.Conformance.TestStreams.StreamAsync(source),
            CancellationToken.None
        );
        var difference = await _connection.QueryAsync(
            "select count(*) from ((from a except all from b) union all (from b except all from a))",
            CancellationToken.None
        );
        Assert.Equal(0L, difference.Value(0, 0));
        Assert.Equal(
            5000L,
            (await _connection.QueryAsync("select count(*) from b", CancellationToken.None)).Value(0, 0)
        );
    }
}

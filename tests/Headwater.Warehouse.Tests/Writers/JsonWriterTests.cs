using System.Text;
using System.Text.Json;
using Headwater.Warehouse.Results;
using Headwater.Warehouse.Results.Building;
using Headwater.Warehouse.Results.Columns;
using Headwater.Warehouse.Writers;
using Headwater.Warehouse.Writers.Json;

namespace Headwater.Warehouse.Tests.Writers;

public sealed class JsonWriterTests
{
    private static readonly ColumnType Int32 = new(TypeKind.Int32);

    public static TheoryData<ColumnType, object?, string> Cells =>
        new()
        {
            { Int32, null, "null" },
            { Int32, int.MinValue, "-2147483648" },
            { new ColumnType(TypeKind.Boolean), true, "true" },
            { new ColumnType(TypeKind.Int64), 9_007_199_254_740_991L, "9007199254740991" },
            { new ColumnType(TypeKind.Int64), 9_007_199_254_740_992L, "\"9007199254740992\"" },
            { new ColumnType(TypeKind.Int64), long.MinValue, "\"-9223372036854775808\"" },
            { new ColumnType(TypeKind.UInt64), ulong.MaxValue, "\"18446744073709551615\"" },
            { new ColumnType(TypeKind.UInt8), (byte)255, "255" },
            { new ColumnType(TypeKind.Int128), (Int128)42, "42" },
            { new ColumnType(TypeKind.Int128), (Int128)(-42), "-42" },
            { new ColumnType(TypeKind.Int128), Int128.MinValue, "\"-170141183460469231731687303715884105728\"" },
            { new ColumnType(TypeKind.Float64), 0.1, "0.1" },
            { new ColumnType(TypeKind.Float64), 1e300, "1E+300" },
            { new ColumnType(TypeKind.Float64), double.NaN, "null" },
            { new ColumnType(TypeKind.Float64), double.NegativeInfinity, "null" },
            { new ColumnType(TypeKind.Float32), 0.1f, "0.1" },
            { ColumnType.DecimalOf(9, 2), -0.05m, "-0.05" },
            { ColumnType.DecimalOf(9, 2), 12m, "12.00" },
            { ColumnType.DecimalOf(3, 3), 0.5m, "0.500" },
            { ColumnType.DecimalOf(18, 2), 9_999_999_999_999.99m, "9999999999999.99" },
            { ColumnType.DecimalOf(18, 2), 10_000_000_000_000.00m, "\"10000000000000.00\"" },
            { ColumnType.DecimalOf(38, 4), -79_228_162_514_264.3375m, "\"-79228162514264.3375\"" },
            { new ColumnType(TypeKind.Text), "", "\"\"" },
            {
                new ColumnType(TypeKind.Text),
                "a\"b\\c\n\r\t\u0001</script>ä🎉",
                "\"a\\\"b\\\\c\\n\\r\\t\\u0001\\u003c/script>ä🎉\""
            },
            { new ColumnType(TypeKind.Blob), new byte[] { 1, 2, 255 }, "\"AQL/\"" },
            { new ColumnType(TypeKind.Bit), "0101", "\"0101\"" },
            {
                new ColumnType(TypeKind.Uuid),
                Guid.Parse("f81d4fae-7dec-11d0-a765-00a0c91e6bf6"),
                "\"f81d4fae-7dec-11d0-a765-00a0c91e6bf6\""
            },
            { new ColumnType(TypeKind.Date), new DateOnly(2024, 2, 29), "\"2024-02-29\"" },
            { new ColumnType(TypeKind.Date), DateOnly.MinValue, "\"0001-01-01\"" },
            { new ColumnType(TypeKind.Time), new TimeOnly(1, 2, 3, 400), "\"01:02:03.4\"" },
            {
                new ColumnType(TypeKind.Timestamp),
                new DateTime(1969, 12, 31, 23, 59, 59, 999),
                "\"1969-12-31T23:59:59.999\""
            },
            { new ColumnType(TypeKind.TimestampTz), new DateTime(2024, 1, 1, 8, 0, 0), "\"2024-01-01T08:00:00Z\"" },
            { new ColumnType(TypeKind.TimeTz), new OffsetTime(3_600_000_000, -19_800), "\"01:00:00-05:30\"" },
            { new ColumnType(TypeKind.Interval), new Interval(14, -3, 3_661_500_000), "\"P1Y2M-3DT1H1M1.5S\"" },
            {
                new ColumnType(TypeKind.Enum) { Labels = ["a\"b"] },
                "a\"b",
                "\"a\\\"b\""
            },
            {
                new ColumnType(TypeKind.List) { Fields = [new("element", Int32)] },
                new object?[] { 1, null },
                "[1,null]"
            },
            {
                new ColumnType(TypeKind.Struct) { Fields = [new("x", Int32), new("y z", Int32)] },
                new Dictionary<string, object?> { ["x"] = 1 },
                "{\"x\":1,\"y z\":null}"
            },
            {
                new ColumnType(TypeKind.Map)
                {
                    Fields = [new("key", new ColumnType(TypeKind.Text)), new("value", Int32)],
                },
                new[] { new KeyValuePair<object, object?>("k", 1) },
                "{\"k\":1}"
            },
            {
                new ColumnType(TypeKind.Map) { Fields = [new("key", Int32), new("value", Int32)] },
                new[] { new KeyValuePair<object, object?>(7, null) },
                "[{\"key\":7,\"value\":null}]"
            },
        };

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task A_value_has_its_form(ColumnType type, object? value, string expected)
    {
        var table = new ResultTableBuilder([new ResultColumn("v", type)]).Row(value).Build();
        var text = await TextAsync(JsonWriter.Instance, table);
        Assert.Equal($"[{{\"v\":{expected}}}]", text);
        using var parsed = JsonDocument.Parse(text);
        Assert.Equal(1, parsed.RootElement.GetArrayLength());
    }

    [Fact]
    public async Task Infinite_dates_are_null()
    {
        var column = new FixedColumn<int>(new ColumnType(TypeKind.Date), [int.MaxValue, -int.MaxValue]);
        var table = new ResultTable([new ResultColumn("d", column.Type)], [new Batch([column], 2)]);
        Assert.Equal("[{\"d\":null},{\"d\":null}]", await TextAsync(JsonWriter.Instance, table));
    }

    [Fact]
    public async Task The_compact_form_names_columns_and_types_once()
    {
        var table = new ResultTableBuilder([
            new ResultColumn("a", Int32),
            new ResultColumn("a", ColumnType.DecimalOf(9, 2)),
        ])
            .Row(1, 2.5m)
            .Row(null, null)
            .Build();
        Assert.Equal(
            "{\"columns\":[{\"name\":\"a\",\"type\":\"int32\"},{\"name\":\"a\",\"type\":\"decimal\",\"precision\":9,\"scale\":2}],\"rows\":[[1,2.50],[null,null]]}",
            await TextAsync(CompactJsonWriter.Instance, table)
        );
    }

    [Fact]
    public void A_truncated_result_says_so_in_the_compact_form()
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        CompactJsonWriter.Write(new ResultTableBuilder(("a", TypeKind.Int32)).Row(1).Build(truncated: true), buffer);
        Assert.EndsWith(
            "[[1]],\"truncated\":true}",
            Encoding.UTF8.GetString(buffer.WrittenSpan),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Objects_have_each_name_once()
    {
        var table = new ResultTableBuilder(("a", TypeKind.Int32), ("A", TypeKind.Int32), ("a_1", TypeKind.Int32))
            .Row(1, 2, 3)
            .Build();
        Assert.Equal("[{\"a\":1,\"A_1\":2,\"a_1_1\":3}]", await TextAsync(JsonWriter.Instance, table));
    }

    [Fact]
    public async Task Lines_of_NDJSON_stand_alone()
    {
        var table = new ResultTableBuilder(("a", TypeKind.Text)).Row("x\ny").Row("z").Build();
        Assert.Equal("{\"a\":\"x\\ny\"}\n{\"a\":\"z\"}\n", await TextAsync(NdJsonWriter.Instance, table));
    }

    [Theory]
    [InlineData("json", "[]")]
    [InlineData("ndjson", "")]
    [InlineData("compact", "{\"columns\":[{\"name\":\"a\",\"type\":\"int32\"}],\"rows\":[]}")]
    [InlineData("csv", "a\r\n")]
    public async Task No_rows_are_an_empty_result(string format, string expected)
    {
        var table = new ResultTable([new ResultColumn("a", Int32)], []);
        Assert.Equal(expected, await TextAsync(ResultWriters.Find(format)!, table));
    }

    [Fact]
    public async Task Text_longer_than_the_buffer_is_whole()
    {
        var text = string.Concat(Enumerable.Repeat("0123456789\"", 20_000));
        var table = new ResultTableBuilder(("a", TypeKind.Text)).Row("first").Row(text).Row("last").Build();
        using var parsed = JsonDocument.Parse(await TextAsync(JsonWriter.Instance, table));
        Assert.Equal(
            ["first", text, "last"],
            parsed.RootElement.EnumerateArray().Select(row => row.GetProperty("a").GetString())
        );
    }

    [Fact]
    public async Task Batches_are_joined()
    {
        var one = new ResultTableBuilder(("a", TypeKind.Int32)).Row(1).Build();
        var two = new ResultTableBuilder(("a", TypeKind.Int32)).Row(2).Row(3).Build();
        var table = new ResultTable(one.Columns, [.. one.Batches, .. two.Batches]);
        Assert.Equal("[{\"a\":1},{\"a\":2},{\"a\":3}]", await TextAsync(JsonWriter.Instance, table));
    }

    internal static async Task<string> TextAsync(IResultWriter writer, ResultTable table)
    {
        using var stream = new MemoryStream();
        await writer.WriteAsync(table, stream, CancellationToken.None);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}

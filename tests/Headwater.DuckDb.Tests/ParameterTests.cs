using System.Globalization;
using Headwater.DuckDb.Errors;
using Headwater.DuckDb.Statements;
using Headwater.DuckDb.Types;

namespace Headwater.DuckDb.Tests;

public sealed class ParameterTests
{
    public static TheoryData<string, string, string> Scalars =>
        new()
        {
            { "BOOLEAN", "true", "true" },
            { "TINYINT", "-128", "-128" },
            { "SMALLINT", "-32768", "-32768" },
            { "INTEGER", "-2147483648", "-2147483648" },
            { "BIGINT", "-9223372036854775808", "-9223372036854775808" },
            { "HUGEINT", "-170141183460469231731687303715884105728", "-170141183460469231731687303715884105728" },
            { "UTINYINT", "255", "255" },
            { "USMALLINT", "65535", "65535" },
            { "UINTEGER", "4294967295", "4294967295" },
            { "UBIGINT", "18446744073709551615", "18446744073709551615" },
            { "UHUGEINT", "340282366920938463463374607431768211455", "340282366920938463463374607431768211455" },
            { "FLOAT", "1.5", "1.5" },
            { "DOUBLE", "0.1", "0.1" },
            { "DECIMAL(4,1)", "-999.9", "-999.9" },
            { "DECIMAL(9,2)", "1234567.89", "1234567.89" },
            { "DECIMAL(18,0)", "999999999999999999", "999999999999999999" },
            {
                "DECIMAL(38,10)",
                "-1234567890123456789012345678.0123456789",
                "-1234567890123456789012345678.0123456789"
            },
            { "VARCHAR", "text", "text" },
            { "BLOB", "ABFF00", "\\xAB\\xFF\\x00" },
            { "BIT", "0101100", "0101100" },
            { "UUID", "f81d4fae-7dec-11d0-a765-00a0c91e6bf6", "f81d4fae-7dec-11d0-a765-00a0c91e6bf6" },
            { "DATE", "19000", "2022-01-08" },
            { "TIME", "3661000001", "01:01:01.000001" },
            { "TIME WITH TIME ZONE", "3600000000", "01:00:00+02" },
            { "TIMESTAMP", "1000000000000001", "2001-09-09 01:46:40.000001" },
            { "TIMESTAMP WITH TIME ZONE", "1000000000000001", "2001-09-09 01:46:40.000001+00" },
            { "TIMESTAMP_S", "1000000000", "2001-09-09 01:46:40" },
            { "TIMESTAMP_MS", "1000000000001", "2001-09-09 01:46:40.001" },
            { "TIMESTAMP_NS", "1000000000000000001", "2001-09-09 01:46:40.000000001" },
            { "INTERVAL", "3600000000", "1 year 1 month 3 days 01:00:00" },
        };

    [Theory]
    [MemberData(nameof(Scalars))]
    public void A_bound_value_arrives_with_its_type_and_unchanged(string type, string input, string expected)
    {
        using var engine = new Engine();
        engine.Execute("SET TimeZone = 'UTC'");
        using var value = Make(type, input);
        Assert.Equal(type, engine.Text("SELECT typeof($1)", value));
        Assert.Equal(expected, engine.Text("SELECT $1::VARCHAR", value));
    }

    [Fact]
    public void Null_is_bound_as_null()
    {
        using var engine = new Engine();
        using var value = DuckDbValue.Null();
        Assert.Null(engine.Text("SELECT $1::VARCHAR", value));
    }

    [Theory]
    [InlineData("")]
    [InlineData("it's; drop table x; --")]
    [InlineData("zero\0byte and more")]
    [InlineData("ÄÖÜ 漢字 🎉 e\u0301")]
    [InlineData("exactly12byt")]
    [InlineData("thirteenbytes")]
    public void Text_is_never_part_of_the_statement(string text)
    {
        using var engine = new Engine();
        using var value = DuckDbValue.Text(text);
        Assert.Equal(text, engine.Text("SELECT $1", value));
    }

    [Fact]
    public void A_list_is_one_parameter()
    {
        using var engine = new Engine();
        using var value = DuckDbValue.List(
            new DuckDbType(DuckDbTypeId.Varchar),
            [DuckDbValue.Text("a"), DuckDbValue.Null(), DuckDbValue.Text("b")]
        );
        Assert.Equal("VARCHAR[]", engine.Text("SELECT typeof($1)", value));
        Assert.Equal("[a, NULL, b]", engine.Text("SELECT $1::VARCHAR", value));
        Assert.Equal("true", engine.Text("SELECT list_contains($1, 'b')::VARCHAR", value));
    }

    [Fact]
    public void An_empty_list_keeps_its_type()
    {
        using var engine = new Engine();
        using var value = DuckDbValue.List(new DuckDbType(DuckDbTypeId.Integer), []);
        Assert.Equal("INTEGER[]", engine.Text("SELECT typeof($1)", value));
    }

    [Fact]
    public void Structs_maps_and_enums_can_be_bound()
    {
        using var engine = new Engine();
        var integer = new DuckDbType(DuckDbTypeId.Integer);
        var text = new DuckDbType(DuckDbTypeId.Varchar);
        using var structure = DuckDbValue.Struct(
            DuckDbType.Struct(new DuckDbField("a b", integer), new DuckDbField("c", text)),
            [DuckDbValue.Int32(1), DuckDbValue.Text("x")]
        );
        using var map = DuckDbValue.Map(
            DuckDbType.Map(text, integer),
            [DuckDbValue.Text("k"), DuckDbValue.Text("l")],
            [DuckDbValue.Int32(1), DuckDbValue.Null()]
        );
        using var label = DuckDbValue.Enum(DuckDbType.Enum(["low", "high"]), 1);
        Assert.Equal("{'a b': 1, 'c': x}", engine.Text("SELECT $1::VARCHAR", structure));
        Assert.Equal("{k=1, l=NULL}", engine.Text("SELECT $1::VARCHAR", map));
        Assert.Equal("high", engine.Text("SELECT $1::VARCHAR", label));
    }

    [Fact]
    public void A_statement_runs_again_with_other_values()
    {
        using var engine = new Engine();
        using var statement = engine.Connection.Prepare("SELECT $1::INTEGER + 1");
        Assert.Equal(1, statement.ParameterCount);
        foreach (var number in new[] { 1, 41 })
        {
            using var value = DuckDbValue.Int32(number);
            statement.Bind(1, value);
            using var result = statement.Execute(CancellationToken.None);
            using var chunk = result.Fetch(CancellationToken.None)!;
            Assert.Equal(number + 1, chunk.Vector(0).Values<int>()[0]);
        }
    }

    [Fact]
    public void A_parameter_that_the_statement_has_not_is_refused()
    {
        using var engine = new Engine();
        using var value = DuckDbValue.Int32(1);
        using var statement = engine.Connection.Prepare("SELECT $1::INTEGER");
        Assert.Throws<DuckDbException>(() => statement.Bind(2, value));
    }

    private static DuckDbValue Make(string type, string input)
    {
        var invariant = CultureInfo.InvariantCulture;
        if (type.StartsWith("DECIMAL", StringComparison.Ordinal))
        {
            var parts = type["DECIMAL(".Length..^1].Split(',');
            return DuckDbValue.Decimal(
                Int128.Parse(input.Replace(".", "", StringComparison.Ordinal), invariant),
                byte.Parse(parts[0], invariant),
                byte.Parse(parts[1], invariant)
            );
        }

        return type switch
        {
            "BOOLEAN" => DuckDbValue.Boolean(bool.Parse(input)),
            "TINYINT" => DuckDbValue.Int8(sbyte.Parse(input, invariant)),
            "SMALLINT" => DuckDbValue.Int16(short.Parse(input, invariant)),
            "INTEGER" => DuckDbValue.Int32(int.Parse(input, invariant)),
            "BIGINT" => DuckDbValue.Int64(long.Parse(input, invariant)),
            "HUGEINT" => DuckDbValue.Int128(Int128.Parse(input, invariant)),
            "UTINYINT" => DuckDbValue.UInt8(byte.Parse(input, invariant)),
            "USMALLINT" => DuckDbValue.UInt16(ushort.Parse(input, invariant)),
            "UINTEGER" => DuckDbValue.UInt32(uint.Parse(input, invariant)),
            "UBIGINT" => DuckDbValue.UInt64(ulong.Parse(input, invariant)),
            "UHUGEINT" => DuckDbValue.UInt128(UInt128.Parse(input, invariant)),
            "FLOAT" => DuckDbValue.Float32(float.Parse(input, invariant)),
            "DOUBLE" => DuckDbValue.Float64(double.Parse(input, invariant)),
            "VARCHAR" => DuckDbValue.Text(input),
            "BLOB" => DuckDbValue.Blob(Convert.FromHexString(input)),
            "BIT" => DuckDbValue.Bit(input),
            "UUID" => DuckDbValue.Uuid(Guid.Parse(input)),
            "DATE" => DuckDbValue.Date(int.Parse(input, invariant)),
            "TIME" => DuckDbValue.Time(long.Parse(input, invariant)),
            "TIME WITH TIME ZONE" => DuckDbValue.TimeTz(DuckDbTimeTz.Of(long.Parse(input, invariant), 7200)),
            "TIMESTAMP" => DuckDbValue.Timestamp(long.Parse(input, invariant)),
            "TIMESTAMP WITH TIME ZONE" => DuckDbValue.TimestampTz(long.Parse(input, invariant)),
            "TIMESTAMP_S" => DuckDbValue.TimestampSeconds(long.Parse(input, invariant)),
            "TIMESTAMP_MS" => DuckDbValue.TimestampMillis(long.Parse(input, invariant)),
            "TIMESTAMP_NS" => DuckDbValue.TimestampNanos(long.Parse(input, invariant)),
            "INTERVAL" => DuckDbValue.Interval(new DuckDbInterval(13, 3, long.Parse(input, invariant))),
            _ => throw new ArgumentOutOfRangeException(nameof(type), type, "No such type in the test."),
        };
    }
}

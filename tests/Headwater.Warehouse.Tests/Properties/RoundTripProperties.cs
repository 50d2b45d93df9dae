using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Headwater.Warehouse.DuckDb;
using Headwater.Warehouse.Port;
using Headwater.Warehouse.Results;
using Headwater.Warehouse.Results.Building;
using Headwater.Warehouse.Tests.Conformance;
using Headwater.Warehouse.Tests.Writers;
using Headwater.Warehouse.Writers.Csv;
using Headwater.Warehouse.Writers.Json;

namespace Headwater.Warehouse.Tests.Properties;

/// <summary>What goes in comes out, for values that nobody thought of.</summary>
public sealed class RoundTripProperties : IAsyncLifetime
{
    // Whatever text is, it is well-formed: lone surrogates have no UTF-8.
    private static readonly Gen<string> Text = Gen.Choose(0, 9)
        .SelectMany(kind =>
            kind switch
            {
                0 => Gen.Elements(
                    "",
                    "'",
                    "\"",
                    "\\",
                    "\0",
                    "=1+1",
                    "a,b\r\nc",
                    "NULL",
                    "🎉",
                    "e\u0301",
                    "\u2028",
                    "]]>",
                    "$1"
                ),
                1 => Gen.Constant(new string('x', 5000)),
                _ => ArbMap.Default.GeneratorFor<string>().Select(text => text ?? ""),
            }
        )
        .Select(text => new string([.. text.EnumerateRunes().SelectMany(rune => rune.ToString())]));

    private readonly TemporaryFolder _home = new();
    private WarehouseHost _host = null!;
    private IWarehouseConnection _connection = null!;

    public async ValueTask InitializeAsync()
    {
        _host = WarehouseHost.OpenDuckDb(new DuckDbWarehouseOptions { Home = _home.Path, Threads = 1 });
        _connection = await _host.Warehouse.ConnectAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        await _host.DisposeAsync();
        _home.Dispose();
    }

    [Fact]
    public void A_text_comes_back() => Check(Text, async text => Assert.Equal(text, await EchoAsync(text)));

    [Fact]
    public void A_double_comes_back_to_the_bit() =>
        Check(
            ArbMap.Default.GeneratorFor<double>(),
            async value =>
                Assert.Equal(
                    BitConverter.DoubleToInt64Bits(value),
                    BitConverter.DoubleToInt64Bits((double)(await EchoAsync(value))!)
                )
        );

    [Fact]
    public void A_decimal_comes_back_with_its_scale() =>
        Check(
            ArbMap.Default.GeneratorFor<decimal>(),
            async value =>
            {
                var back = (decimal)(await EchoAsync(value))!;
                Assert.Equal(value, back);
                Assert.Equal(value.Scale, back.Scale);
            }
        );

    [Fact]
    public void A_moment_comes_back_to_the_microsecond() =>
        Check(
            ArbMap.Default.GeneratorFor<DateTime>(),
            async value =>
            {
                var micros = new DateTime(value.Ticks - (value.Ticks % TimeSpan.TicksPerMicrosecond));
                Assert.Equal(micros, await EchoAsync(micros));
            }
        );

    [Fact]
    public void A_uuid_comes_back() =>
        Check(ArbMap.Default.GeneratorFor<Guid>(), async value => Assert.Equal(value, await EchoAsync(value)));

    [Fact]
    public void Bytes_come_back() =>
        Check(
            ArbMap.Default.GeneratorFor<byte[]>().Select(bytes => bytes ?? []),
            async value => Assert.Equal(value, await EchoAsync(value))
        );

    [Fact]
    public void A_list_of_texts_comes_back_with_its_nulls() =>
        Check(
            Text.OrNull().ListOf(),
            async list => Assert.Equal(list.Cast<object?>(), (object?[])(await EchoAsync(list.ToArray()))!)
        );

    [Fact]
    public void Appended_columns_come_back() =>
        Check(
            Rows,
            async table =>
            {
                await _connection.ExecuteAsync(
                    "create or replace table t(a text, b bigint, c double, d text[])",
                    CancellationToken.None
                );
                await _connection.AppendAsync(
                    new Kernel.Names.RelationName("main", "t"),
                    table.StreamAsync(),
                    CancellationToken.None
                );
                var back = await _connection.QueryAsync("from t", CancellationToken.None);
                AssertSame(table, back);
            }
        );

    [Fact]
    public void JSON_reads_back_as_what_was_written() =>
        Check(
            Rows,
            async table =>
            {
                using var parsed = JsonDocument.Parse(
                    await JsonWriterTests.TextAsync(CompactJsonWriter.Instance, table)
                );
                var rows = parsed.RootElement.GetProperty("rows").EnumerateArray().ToList();
                Assert.Equal(table.RowCount, rows.Count);
                for (var row = 0; row < rows.Count; row++)
                {
                    Assert.Equal((string?)table.Value(row, 0), rows[row][0].GetString());
                    Assert.Equal(
                        table.Value(row, 1)?.ToString(),
                        rows[row][1] is { ValueKind: JsonValueKind.Null } ? null : rows[row][1].ToString()
                    );
                    if (table.Value(row, 2) is double number && double.IsFinite(number))
                    {
                        Assert.Equal(number, rows[row][2].GetDouble());
                    }
                    else
                    {
                        Assert.Equal(JsonValueKind.Null, rows[row][2].ValueKind);
                    }
                }
            }
        );

    [Fact]
    public void CSV_reads_back_as_what_was_written_but_for_the_guard() =>
        Check(
            Text.Where(text => !text.Contains('\0', StringComparison.Ordinal)).NonEmptyListOf(),
            async texts =>
            {
                var builder = new ResultTableBuilder(("n", TypeKind.Int32), ("a", TypeKind.Text));
                for (var row = 0; row < texts.Count; row++)
                {
                    builder.Row(row, texts[row]);
                }

                var path = Path.Combine(_host.Warehouse.SpoolFolder, "texts.csv");
                await File.WriteAllTextAsync(path, await JsonWriterTests.TextAsync(new CsvWriter(), builder.Build()));
                var back = await _connection.QueryAsync(
                    $"select a from read_csv({_host.Warehouse.Dialect.Literal(path)}, header = true, columns = {{'n': 'int', 'a': 'text'}}, "
                        + "auto_detect = false, quote = '\"', escape = '\"', delim = ',', new_line = '\\r\\n', force_not_null = ['a'], parallel = false) order by n",
                    CancellationToken.None
                );
                for (var row = 0; row < texts.Count; row++)
                {
                    var guarded = texts[row].Length > 0 && "=+-@\t\r".Contains(texts[row][0], StringComparison.Ordinal);
                    Assert.Equal(guarded ? "'" + texts[row] : texts[row], back.Value(row, 0));
                }
            }
        );

    private static Gen<ResultTable> Rows =>
        Gen.Zip(
                Gen.Zip(Text.OrNull(), ArbMap.Default.GeneratorFor<long?>()),
                Gen.Zip(ArbMap.Default.GeneratorFor<double?>(), Text.OrNull().ListOf().OrNull())
            )
            .ListOf()
            .Select(rows =>
            {
                var builder = new ResultTableBuilder([
                    new ResultColumn("a", new ColumnType(TypeKind.Text)),
                    new ResultColumn("b", new ColumnType(TypeKind.Int64)),
                    new ResultColumn("c", new ColumnType(TypeKind.Float64)),
                    new ResultColumn(
                        "d",
                        new ColumnType(TypeKind.List)
                        {
                            Fields = [new ColumnField("element", new ColumnType(TypeKind.Text))],
                        }
                    ),
                ]);
                foreach (var ((a, b), (c, d)) in rows)
                {
                    builder.Row(a, b, c, d?.ToArray());
                }

                return builder.Build();
            });

    private static void AssertSame(ResultTable expected, ResultTable actual)
    {
        Assert.Equal(expected.RowCount, actual.RowCount);
        for (long row = 0; row < expected.RowCount; row++)
        {
            for (var column = 0; column < expected.Columns.Count; column++)
            {
                Assert.Equal(expected.Value(row, column), actual.Value(row, column));
            }
        }
    }

    // Always the same values, so that a failure is there again at the next run.
    private static void Check<T>(Gen<T> values, Func<T, Task> property) =>
        Check(Prop.ForAll(values.ToArbitrary(), property));

    private static void Check(Property property) =>
        property.Check(
            Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(150).WithReplay(20240229UL, 1UL)
        );

    private async Task<object?> EchoAsync(object value)
    {
        var table = await _connection.QueryAsync(
            new SqlCommand("select $1", [new SqlParameter(value)]),
            CancellationToken.None
        );
        return table.Value(0, 0);
    }
}

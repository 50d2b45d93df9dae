using System.Text;
using Headwater.DuckDb.Database;
using Headwater.DuckDb.Results;
using Headwater.DuckDb.Statements;
using Headwater.DuckDb.Types;

namespace Headwater.DuckDb.Tests;

public sealed class ChunkTests
{
    [Fact]
    public void Rows_come_in_order_over_many_chunks()
    {
        using var engine = new Engine();
        var values = engine.Values<long>("select i from range(10000) t(i)");
        Assert.Equal(Enumerable.Range(0, 10_000).Select(number => (long)number), values);
    }

    [Fact]
    public void Nulls_are_cleared_bits()
    {
        using var engine = new Engine();
        using var statement = engine.Connection.Prepare(
            "select case when i % 3 = 0 then null else i::int end from range(100) t(i)"
        );
        using var result = statement.ExecuteStreaming(CancellationToken.None);
        using var chunk = result.Fetch(CancellationToken.None)!;
        var view = chunk.Vector(0);
        for (var row = 0; row < 100; row++)
        {
            Assert.Equal(row % 3 != 0, (view.Validity[row >> 6] & (1UL << (row & 63))) != 0);
        }
    }

    [Fact]
    public void Texts_are_copied_inline_and_long_with_nulls_empty()
    {
        using var engine = new Engine();
        using var statement = engine.Connection.Prepare(
            "from (values (''), ('short'), (null), ('exactly12byt'), ('a text of more than twelve bytes')) t(s)"
        );
        using var result = statement.ExecuteStreaming(CancellationToken.None);
        using var chunk = result.Fetch(CancellationToken.None)!;
        var offsets = new int[6];
        var bytes = chunk.Vector(0).CopyBytes(offsets);
        var texts = Enumerable
            .Range(0, 5)
            .Select(row => Encoding.UTF8.GetString(bytes[offsets[row]..offsets[row + 1]]));
        Assert.Equal(["", "short", "", "exactly12byt", "a text of more than twelve bytes"], texts);
    }

    [Fact]
    public void Types_are_described_to_the_last_member()
    {
        using var engine = new Engine();
        using var statement = engine.Connection.Prepare(
            """
            select 1::decimal(9, 2) d, 'a'::enum('a', 'b') e, [1::bigint] l, {'x': 1, 'y': ['z']} s,
                map {'k': date '2020-01-01'} m, [1, 2]::int[2] a
            """
        );
        using var result = statement.Execute(CancellationToken.None);
        var types = result.Columns.Select(column => column.Type).ToList();
        Assert.Equal((9, 2, DuckDbTypeId.Integer), (types[0].Width, types[0].Scale, types[0].Storage));
        Assert.Equal(["a", "b"], types[1].Labels);
        Assert.Equal(DuckDbTypeId.UTinyInt, types[1].Storage);
        Assert.Equal(DuckDbTypeId.BigInt, types[2].Fields[0].Type.Id);
        Assert.Equal(["x", "y"], types[3].Fields.Select(field => field.Name));
        Assert.Equal(DuckDbTypeId.Varchar, types[3].Fields[1].Type.Fields[0].Type.Id);
        Assert.Equal(DuckDbTypeId.Date, types[4].Fields[1].Type.Id);
        Assert.Equal(2, types[5].ArrayLength);
    }

    [Fact]
    public void Numeric_columns_are_read_without_allocating_a_value()
    {
        using var engine = new Engine();
        using var statement = engine.Connection.Prepare("select i, i::double from range(200000) t(i)");
        SumOf(statement.ExecuteStreaming(CancellationToken.None));
        using var result = statement.ExecuteStreaming(CancellationToken.None);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var sum = SumOf(result);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(2 * 19_999_900_000.0, sum);

        // A few objects for each of the 98 chunks, but nothing for each of the 400,000 values.
        Assert.InRange(allocated, 0, 100_000);
    }

    [Fact]
    public void A_disposed_chunk_cannot_be_read()
    {
        using var engine = new Engine();
        using var statement = engine.Connection.Prepare("select 1");
        using var result = statement.Execute(CancellationToken.None);
        var chunk = result.Fetch(CancellationToken.None)!;
        chunk.Dispose();
        Assert.Throws<ObjectDisposedException>(() => chunk.Vector(0).Length);
    }

    [Fact]
    public void An_empty_result_has_columns_and_no_rows()
    {
        using var engine = new Engine();
        using var statement = engine.Connection.Prepare("select 1 as a, 'x' as b where false");
        using var result = statement.ExecuteStreaming(CancellationToken.None);
        Assert.Equal(["a", "b"], result.Columns.Select(column => column.Name));
        using var chunk = result.Fetch(CancellationToken.None);
        Assert.True(chunk is null || chunk.RowCount == 0);
    }

    private static double SumOf(DuckDbResult result)
    {
        double sum = 0;
        while (result.Fetch(CancellationToken.None) is { } chunk)
        {
            using (chunk)
            {
                foreach (var value in chunk.Vector(0).Values<long>())
                {
                    sum += value;
                }

                foreach (var value in chunk.Vector(1).Values<double>())
                {
                    sum += value;
                }
            }
        }

        return sum;
    }

    [Fact]
    public void Numbers_are_read_without_an_allocation_each()
    {
        using var engine = new Engine();
        using var statement = engine.Connection.Prepare(
            "select i::bigint, i::double, date '2020-01-01' + (i % 1000)::int, (i / 7)::decimal(18, 2) from range(1000000) t(i)"
        );
        Assert.Equal(499_999_500_000, Sum(statement));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Sum(statement);

        // Four million values in some five hundred chunks: what is allocated is by chunk.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 400_000);
    }

    private static long Sum(DuckDbStatement statement)
    {
        var sum = 0L;
        using var result = statement.ExecuteStreaming(CancellationToken.None);
        while (result.Fetch(CancellationToken.None) is { } chunk)
        {
            using (chunk)
            {
                foreach (var value in chunk.Vector(0).Values<long>())
                {
                    sum += value;
                }

                foreach (var value in chunk.Vector(1).Values<double>())
                {
                    sum += double.IsNaN(value) ? 1 : 0;
                }

                sum += chunk.Vector(2).Values<int>().Length - chunk.Vector(3).Values<long>().Length;
            }
        }

        return sum;
    }
}

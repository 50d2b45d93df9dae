using Headwater.DuckDb.Database;
using Headwater.DuckDb.Errors;
using Headwater.DuckDb.Results;
using Headwater.DuckDb.Statements;
using Headwater.DuckDb.Types;

namespace Headwater.DuckDb.Tests;

public sealed class AppenderTests
{
    [Fact]
    public void Rows_are_appended_value_by_value()
    {
        using var engine = new Engine();
        engine.Execute("create table t(i int, s varchar)");
        using (var appender = engine.Connection.Append(null, null, "t"))
        {
            Assert.Equal([DuckDbTypeId.Integer, DuckDbTypeId.Varchar], appender.ColumnTypes.Select(type => type.Id));
            for (var row = 0; row < 3; row++)
            {
                using var number = DuckDbValue.Int32(row);
                using var text = row == 1 ? DuckDbValue.Null() : DuckDbValue.Text($"row {row}");
                appender.Append(number);
                appender.Append(text);
                appender.EndRow();
            }

            appender.Complete();
        }

        Assert.Equal("0:row 0,1:-,2:row 2", engine.Text("select string_agg(i || ':' || coalesce(s, '-'), ',') from t"));
    }

    [Fact]
    public void Rows_are_appended_by_the_chunk()
    {
        using var engine = new Engine();
        engine.Execute("create table t(i int, s varchar)");
        using (var appender = engine.Connection.Append(null, "main", "t"))
        {
            AppendNumbers(appender, chunks: 150);
            appender.Complete();
        }

        var rows = 150L * DuckDbDatabase.VectorSize;
        Assert.Equal(
            $"{rows}|{rows}|{rows / 2}",
            engine.Text("select count(*) || '|' || count(distinct i) || '|' || count(s) from t")
        );
    }

    [Fact]
    public void An_abandoned_appender_writes_nothing()
    {
        using var engine = new Engine();
        engine.Execute("create table t(i int, s varchar)");
        using (var appender = engine.Connection.Append(null, null, "t"))
        {
            AppendNumbers(appender, chunks: 1);
        }

        Assert.Equal("0", engine.Text("select count(*)::varchar from t"));
    }

    [Fact]
    public void Appended_rows_belong_to_the_transaction()
    {
        using var engine = new Engine();
        engine.Execute("create table t(i int, s varchar); begin transaction");
        using (var appender = engine.Connection.Append(null, null, "t"))
        {
            AppendNumbers(appender, chunks: 200);
            appender.Complete();
        }

        engine.Execute("rollback");
        Assert.Equal("0", engine.Text("select count(*)::varchar from t"));
    }

    [Fact]
    public void A_broken_constraint_is_an_error_of_its_kind()
    {
        using var engine = new Engine();
        engine.Execute("create table t(i int primary key, s varchar); insert into t values (5, 'there')");
        using var appender = engine.Connection.Append(null, null, "t");
        AppendNumbers(appender, chunks: 1);
        Assert.Equal(DuckDbErrorKind.Constraint, Assert.Throws<DuckDbException>(appender.Complete).Kind);
    }

    [Theory]
    [InlineData(new byte[] { 0xC3, 0xA4, 0xFF }, new[] { 0, 2, 3 })]
    [InlineData(new byte[] { 0xC3, 0xA4 }, new[] { 0, 1, 2 })]
    [InlineData(new byte[] { (byte)'a', 0xC3 }, new[] { 0, 1, 2 })]
    public void Text_that_is_no_UTF8_is_refused_and_never_becomes_null(byte[] bytes, int[] offsets)
    {
        using var chunk = DuckDbChunk.Create([new DuckDbType(DuckDbTypeId.Varchar)]);
        var error = Assert.Throws<DuckDbException>(() => chunk.Writer(0).SetText(bytes, offsets));
        Assert.Equal(DuckDbErrorKind.InvalidInput, error.Kind);
    }

    [Fact]
    public void An_unknown_table_is_named()
    {
        using var engine = new Engine();
        var error = Assert.Throws<DuckDbException>(() => engine.Connection.Append(null, "main", "absent"));
        Assert.Contains("absent", error.Message, StringComparison.Ordinal);
    }

    // Every second text is null.
    private static void AppendNumbers(Appending.DuckDbAppender appender, int chunks)
    {
        using var chunk = DuckDbChunk.Create(appender.ColumnTypes);
        var size = DuckDbDatabase.VectorSize;
        var validity = Enumerable.Repeat(0xAAAA_AAAA_AAAA_AAAAUL, size / 64).ToArray();
        var offsets = Enumerable.Range(0, size + 1).Select(row => row * 2).ToArray();
        var texts = new byte[size * 2];
        texts.AsSpan().Fill((byte)'x');
        for (var number = 0; number < chunks; number++)
        {
            chunk.Reset();
            var integers = chunk.Writer(0).Values<int>(size);
            for (var row = 0; row < size; row++)
            {
                integers[row] = (number * size) + row;
            }

            chunk.Writer(1).SetValidity(validity);
            chunk.Writer(1).SetText(texts, offsets);
            chunk.RowCount = size;
            appender.Append(chunk);
        }
    }
}

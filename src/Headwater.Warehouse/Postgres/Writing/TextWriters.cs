using Headwater.Warehouse.Results;
using Headwater.Warehouse.Results.Columns;
using Headwater.Warehouse.Writers.Csv;
using Headwater.Warehouse.Writers.Json;
using Headwater.Warehouse.Writers.Text;

namespace Headwater.Warehouse.Postgres.Writing;

/// <summary>Text as it is, and values of every other type in the form that exports give them: nested ones, and all that go to JSON, as JSON.</summary>
internal static class TextWriters
{
    private const byte JsonbVersion = 1;

    public static ValueWriter For(Column column, uint oid) =>
        (column, oid) switch
        {
            (TextColumn texts, PostgresOids.Jsonb) => (buffer, row) =>
            {
                var text = texts.Utf8(row);
                buffer.Int32(1 + text.Length);
                buffer.Take(1)[0] = JsonbVersion;
                buffer.Bytes(text);
            },
            (TextColumn texts, _) => (buffer, row) =>
            {
                var text = texts.Utf8(row);
                buffer.Int32(text.Length);
                buffer.Bytes(text);
            },
            (_, PostgresOids.Json or PostgresOids.Jsonb) => Formatted(column, oid, JsonCell.For(column.Type).Write),
            _ => Formatted(column, oid, CsvCell.For(column.Type).Write),
        };

    private static ValueWriter Formatted(Column column, uint oid, Action<Column, int, Utf8Output> write)
    {
        Utf8Output? output = null;
        return (buffer, row) =>
        {
            output ??= new Utf8Output(buffer);
            var start = buffer.BeginValue();
            if (oid == PostgresOids.Jsonb)
            {
                buffer.Take(1)[0] = JsonbVersion;
            }

            write(column, row, output);
            output.Flush();
            buffer.EndValue(start);
        };
    }
}

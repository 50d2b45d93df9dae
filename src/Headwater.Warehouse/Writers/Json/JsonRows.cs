using Headwater.Warehouse.Results;
using Headwater.Warehouse.Writers.Text;

namespace Headwater.Warehouse.Writers.Json;

/// <summary>Rows as JSON objects or arrays: what the three JSON formats share.</summary>
internal sealed class JsonRows
{
    private readonly JsonCell[] _cells;
    private readonly byte[][] _before;
    private readonly byte _end;

    private JsonRows(JsonCell[] cells, byte[][] before, byte end)
    {
        _cells = cells;
        _before = before;
        _end = end;
    }

    /// <summary>Rows <c>{"name":value,…}</c>. A name that stands twice gets a number.</summary>
    public static JsonRows Objects(IReadOnlyList<ResultColumn> columns)
    {
        var names = UniqueNames.Of(columns);
        return new JsonRows(
            Cells(columns),
            [.. names.Select((name, index) => Prefix(index == 0 ? "{"u8 : ","u8, JsonText.Encode(name)))],
            (byte)'}'
        );
    }

    /// <summary>Rows <c>[value,…]</c>.</summary>
    public static JsonRows Arrays(IReadOnlyList<ResultColumn> columns) =>
        new(
            Cells(columns),
            [.. columns.Select((_, index) => index == 0 ? "["u8.ToArray() : ","u8.ToArray())],
            (byte)']'
        );

    public void Write(Batch batch, int row, Utf8Output output)
    {
        if (_cells.Length == 0)
        {
            output.Write(_end == (byte)']' ? (byte)'[' : (byte)'{');
        }

        for (var index = 0; index < _cells.Length; index++)
        {
            output.Write(_before[index]);
            _cells[index].Write(batch.Columns[index], row, output);
        }

        output.Write(_end);
    }

    private static JsonCell[] Cells(IReadOnlyList<ResultColumn> columns) =>
        [.. columns.Select(column => JsonCell.For(column.Type))];

    private static byte[] Prefix(ReadOnlySpan<byte> before, byte[] name) => [.. before, .. name, (byte)':'];
}

using Headwater.Warehouse.Results;
using Headwater.Warehouse.Results.Columns;
using Headwater.Warehouse.Writers.Text;

namespace Headwater.Warehouse.Writers.Json;

internal sealed class JsonListCell(JsonCell element) : JsonCell
{
    protected override void WriteValue(Column column, int row, Utf8Output output)
    {
        var list = (ListColumn)column;
        var (start, count) = (list.Starts[row], list.Counts[row]);
        output.Write((byte)'[');
        for (var index = 0; index < count; index++)
        {
            if (index > 0)
            {
                output.Write((byte)',');
            }

            element.Write(list.Elements, start + index, output);
        }

        output.Write((byte)']');
    }
}

internal sealed class JsonStructCell(IReadOnlyList<ColumnField> fields) : JsonCell
{
    private readonly JsonCell[] _cells = [.. fields.Select(field => For(field.Type))];
    private readonly byte[][] _names = [.. fields.Select(field => JsonText.Encode(field.Name))];

    protected override void WriteValue(Column column, int row, Utf8Output output)
    {
        var members = ((StructColumn)column).Members;
        output.Write((byte)'{');
        for (var index = 0; index < _cells.Length; index++)
        {
            if (index > 0)
            {
                output.Write((byte)',');
            }

            output.Write(_names[index]);
            output.Write((byte)':');
            _cells[index].Write(members[index], row, output);
        }

        output.Write((byte)'}');
    }
}

/// <summary>An object where keys are text, else an array of <c>{"key":…,"value":…}</c>.</summary>
internal sealed class JsonMapCell(ColumnType type) : JsonCell
{
    private readonly JsonCell _key = For(type.Fields[0].Type);
    private readonly JsonCell _value = For(type.Fields[1].Type);
    private readonly bool _isObject = type.Fields[0].Type.Kind is TypeKind.Text or TypeKind.Enum or TypeKind.Uuid;

    protected override void WriteValue(Column column, int row, Utf8Output output)
    {
        var map = (MapColumn)column;
        var (start, count) = (map.Starts[row], map.Counts[row]);
        output.Write(_isObject ? (byte)'{' : (byte)'[');
        for (var index = start; index < start + count; index++)
        {
            if (index > start)
            {
                output.Write((byte)',');
            }

            output.Write(_isObject ? ""u8 : "{\"key\":"u8);
            _key.Write(map.Keys, index, output);
            output.Write(_isObject ? ":"u8 : ",\"value\":"u8);
            _value.Write(map.Values, index, output);
            output.Write(_isObject ? ""u8 : "}"u8);
        }

        output.Write(_isObject ? (byte)'}' : (byte)']');
    }
}

using System.Buffers;
using System.Text;
using Headwater.Warehouse.Results;
using Headwater.Warehouse.Results.Columns;
using Headwater.Warehouse.Writers.Json;
using Headwater.Warehouse.Writers.Text;

namespace Headwater.Warehouse.Writers.Xlsx;

internal sealed class XlsxTextCell : XlsxCell
{
    public override void Write(Column column, int row, XlsxPlace place, Utf8Output output) =>
        WriteText(((TextColumn)column).Utf8(row), place, output);
}

/// <summary>Kinds without a form of their own in Excel: as their text, blobs as base64.</summary>
internal sealed class XlsxStringCell : XlsxCell
{
    public override void Write(Column column, int row, XlsxPlace place, Utf8Output output)
    {
        var value = column.Value(row);
        var text = value is byte[] blob ? Convert.ToBase64String(blob) : value!.ToString()!;
        WriteText(Encoding.UTF8.GetBytes(text), place, output);
    }
}

/// <summary>Lists, structs and maps, as JSON.</summary>
internal sealed class XlsxNestedCell(JsonCell json) : XlsxCell
{
    public override void Write(Column column, int row, XlsxPlace place, Utf8Output output)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var text = new Utf8Output(buffer);
        json.Write(column, row, text);
        text.Flush();
        WriteText(buffer.WrittenSpan, place, output);
    }
}

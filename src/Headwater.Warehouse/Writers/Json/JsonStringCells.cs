using System.Buffers.Text;
using Headwater.Warehouse.Results;
using Headwater.Warehouse.Results.Columns;
using Headwater.Warehouse.Writers.Text;

namespace Headwater.Warehouse.Writers.Json;

internal sealed class JsonTextCell : JsonCell
{
    protected override void WriteValue(Column column, int row, Utf8Output output) =>
        JsonText.Write(((TextColumn)column).Utf8(row), output);
}

/// <summary>Kinds that are rare enough for a string on the way.</summary>
internal sealed class JsonStringCell : JsonCell
{
    protected override void WriteValue(Column column, int row, Utf8Output output) =>
        JsonText.Write(column.Value(row)!.ToString()!, output);
}

internal sealed class JsonEnumCell(IReadOnlyList<string> labels) : JsonCell
{
    private readonly byte[][] _labels = [.. labels.Select(JsonText.Encode)];

    protected override void WriteValue(Column column, int row, Utf8Output output) =>
        output.Write(_labels[((EnumColumn)column).Codes[row]]);
}

internal sealed class JsonBlobCell : JsonCell
{
    protected override void WriteValue(Column column, int row, Utf8Output output)
    {
        var blob = ((BlobColumn)column).Blob(row);
        var target = output.Reserve(Base64.GetMaxEncodedToUtf8Length(blob.Length) + 2);
        target[0] = (byte)'"';
        Base64.EncodeToUtf8(blob, target[1..], out _, out var written);
        target[written + 1] = (byte)'"';
        output.Advance(written + 2);
    }
}

internal sealed class JsonUuidCell : JsonCell
{
    protected override void WriteValue(Column column, int row, Utf8Output output)
    {
        var target = output.Reserve(38);
        target[0] = (byte)'"';
        ((FixedColumn<Guid>)column).Values[row].TryFormat(target[1..], out _);
        target[37] = (byte)'"';
        output.Advance(38);
    }
}

internal sealed class JsonDateCell : JsonCell
{
    protected override void WriteValue(Column column, int row, Utf8Output output)
    {
        var days = ((FixedColumn<int>)column).Values[row];
        if (IsoText.IsInfinite(days))
        {
            output.Write("null"u8);
            return;
        }

        var target = output.Reserve(IsoText.MaxLength);
        target[0] = (byte)'"';
        var length = IsoText.WriteDate(days, target[1..]) + 1;
        target[length] = (byte)'"';
        output.Advance(length + 1);
    }
}

internal sealed class JsonTimeCell : JsonCell
{
    protected override void WriteValue(Column column, int row, Utf8Output output)
    {
        var target = output.Reserve(IsoText.MaxLength);
        target[0] = (byte)'"';
        var length = IsoText.WriteTime(((FixedColumn<long>)column).Values[row], target[1..]) + 1;
        target[length] = (byte)'"';
        output.Advance(length + 1);
    }
}

internal sealed class JsonTimestampCell(bool zoned) : JsonCell
{
    protected override void WriteValue(Column column, int row, Utf8Output output)
    {
        var micros = ((FixedColumn<long>)column).Values[row];
        if (IsoText.IsInfinite(micros))
        {
            output.Write("null"u8);
            return;
        }

        var target = output.Reserve(IsoText.MaxLength);
        target[0] = (byte)'"';
        var length = IsoText.WriteTimestamp(micros, target[1..], (byte)'T', zoned) + 1;
        target[length] = (byte)'"';
        output.Advance(length + 1);
    }
}

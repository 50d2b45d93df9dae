using System.Buffers;
using System.Buffers.Text;
using System.Text;
using Headwater.Warehouse.Results;
using Headwater.Warehouse.Results.Columns;
using Headwater.Warehouse.Writers.Json;
using Headwater.Warehouse.Writers.Text;

namespace Headwater.Warehouse.Writers.Csv;

/// <summary>Writes the values of one type of column as CSV. Never called for nulls.</summary>
internal abstract class CsvCell
{
    public static CsvCell For(ColumnType type) =>
        type.Kind switch
        {
            TypeKind.Boolean or TypeKind.Uuid or TypeKind.Null => new CsvPlainCell(),
            TypeKind.Int8 => new CsvNumberCell<sbyte>(),
            TypeKind.Int16 => new CsvNumberCell<short>(),
            TypeKind.Int32 => new CsvNumberCell<int>(),
            TypeKind.Int64 => new CsvNumberCell<long>(),
            TypeKind.Int128 => new CsvNumberCell<Int128>(),
            TypeKind.UInt8 => new CsvNumberCell<byte>(),
            TypeKind.UInt16 => new CsvNumberCell<ushort>(),
            TypeKind.UInt32 => new CsvNumberCell<uint>(),
            TypeKind.UInt64 => new CsvNumberCell<ulong>(),
            TypeKind.UInt128 => new CsvNumberCell<UInt128>(),
            TypeKind.Float32 => new CsvNumberCell<float>(),
            TypeKind.Float64 => new CsvNumberCell<double>(),
            TypeKind.Decimal => new CsvDecimalCell(type.Scale),
            TypeKind.Text or TypeKind.Bit => new CsvTextCell(),
            TypeKind.Blob => new CsvBlobCell(),
            TypeKind.Date => new CsvDateCell(),
            TypeKind.Time => new CsvTimeCell(),
            TypeKind.Timestamp => new CsvTimestampCell(zoned: false),
            TypeKind.TimestampTz => new CsvTimestampCell(zoned: true),
            TypeKind.TimeTz or TypeKind.Interval or TypeKind.Enum => new CsvStringCell(),
            _ => new CsvNestedCell(JsonCell.For(type)),
        };

    public abstract void Write(Column column, int row, Utf8Output output);
}

internal sealed class CsvPlainCell : CsvCell
{
    public override void Write(Column column, int row, Utf8Output output)
    {
        switch (column)
        {
            case FixedColumn<byte> booleans:
                output.Write(booleans.Values[row] != 0 ? "true"u8 : "false"u8);
                break;
            case FixedColumn<Guid> uuids:
                uuids.Values[row].TryFormat(output.Reserve(36), out var written);
                output.Advance(written);
                break;
        }
    }
}

internal sealed class CsvNumberCell<T> : CsvCell
    where T : unmanaged, IUtf8SpanFormattable
{
    public override void Write(Column column, int row, Utf8Output output) =>
        output.Format(((FixedColumn<T>)column).Values[row]);
}

internal sealed class CsvDecimalCell(int scale) : CsvCell
{
    public override void Write(Column column, int row, Utf8Output output) =>
        output.Advance(
            DecimalText.Write(((DecimalColumn)column).Unscaled(row), scale, output.Reserve(DecimalText.MaxLength))
        );
}

internal sealed class CsvTextCell : CsvCell
{
    public override void Write(Column column, int row, Utf8Output output) =>
        CsvText.Write(((TextColumn)column).Utf8(row), output);
}

internal sealed class CsvStringCell : CsvCell
{
    public override void Write(Column column, int row, Utf8Output output) =>
        CsvText.Write(Encoding.UTF8.GetBytes(column.Value(row)!.ToString()!), output);
}

internal sealed class CsvBlobCell : CsvCell
{
    // Base64 may start with a plus sign, so it is guarded as text is.
    public override void Write(Column column, int row, Utf8Output output)
    {
        var blob = ((BlobColumn)column).Blob(row);
        var encoded = new byte[Base64.GetMaxEncodedToUtf8Length(blob.Length)];
        Base64.EncodeToUtf8(blob, encoded, out _, out var written);
        CsvText.Write(encoded.AsSpan(0, written), output);
    }
}

internal sealed class CsvDateCell : CsvCell
{
    public override void Write(Column column, int row, Utf8Output output) =>
        output.Advance(IsoText.WriteDate(((FixedColumn<int>)column).Values[row], output.Reserve(IsoText.MaxLength)));
}

internal sealed class CsvTimeCell : CsvCell
{
    public override void Write(Column column, int row, Utf8Output output) =>
        output.Advance(IsoText.WriteTime(((FixedColumn<long>)column).Values[row], output.Reserve(IsoText.MaxLength)));
}

internal sealed class CsvTimestampCell(bool zoned) : CsvCell
{
    public override void Write(Column column, int row, Utf8Output output)
    {
        var micros = ((FixedColumn<long>)column).Values[row];
        output.Advance(IsoText.WriteTimestamp(micros, output.Reserve(IsoText.MaxLength), (byte)' ', zoned));
    }
}

/// <summary>Lists, structs and maps, as JSON.</summary>
internal sealed class CsvNestedCell(JsonCell json) : CsvCell
{
    public override void Write(Column column, int row, Utf8Output output)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var text = new Utf8Output(buffer);
        json.Write(column, row, text);
        text.Flush();
        CsvText.Write(buffer.WrittenSpan, output);
    }
}

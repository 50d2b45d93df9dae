using Headwater.Warehouse.Results;
using Headwater.Warehouse.Writers.Json;
using Headwater.Warehouse.Writers.Text;

namespace Headwater.Warehouse.Writers.Xlsx;

/// <summary>Writes the values of one type of column as cells. Never called for nulls, which are no cells.</summary>
internal abstract class XlsxCell
{
    public static XlsxCell For(ColumnType type) =>
        type.Kind switch
        {
            TypeKind.Boolean => new XlsxBooleanCell(),
            TypeKind.Int8 => new XlsxNumberCell<sbyte>(),
            TypeKind.Int16 => new XlsxNumberCell<short>(),
            TypeKind.Int32 => new XlsxNumberCell<int>(),
            TypeKind.Int64 => new XlsxNumberCell<long>(),
            TypeKind.Int128 => new XlsxNumberCell<Int128>(),
            TypeKind.UInt8 => new XlsxNumberCell<byte>(),
            TypeKind.UInt16 => new XlsxNumberCell<ushort>(),
            TypeKind.UInt32 => new XlsxNumberCell<uint>(),
            TypeKind.UInt64 => new XlsxNumberCell<ulong>(),
            TypeKind.UInt128 => new XlsxNumberCell<UInt128>(),
            TypeKind.Float32 => new XlsxFloatCell<float>(),
            TypeKind.Float64 => new XlsxFloatCell<double>(),
            TypeKind.Decimal => new XlsxDecimalCell(type.Scale),
            TypeKind.Date => new XlsxDateCell(),
            TypeKind.Time => new XlsxTimeCell(),
            TypeKind.Timestamp => new XlsxTimestampCell(zoned: false),
            TypeKind.TimestampTz => new XlsxTimestampCell(zoned: true),
            TypeKind.Text or TypeKind.Bit => new XlsxTextCell(),
            TypeKind.List or TypeKind.Struct or TypeKind.Map => new XlsxNestedCell(JsonCell.For(type)),
            _ => new XlsxStringCell(),
        };

    public abstract void Write(Column column, int row, XlsxPlace place, Utf8Output output);

    protected static void BeginNumber(XlsxPlace place, int style, Utf8Output output)
    {
        output.Write("<c r=\""u8);
        output.Write(place.Letters);
        output.Format(place.Row);
        if (style != 0)
        {
            output.Write("\" s=\""u8);
            output.Format(style);
        }

        output.Write("\"><v>"u8);
    }

    protected static void EndNumber(Utf8Output output) => output.Write("</v></c>"u8);

    protected static void WriteText(ReadOnlySpan<byte> utf8, XlsxPlace place, Utf8Output output) =>
        XlsxText.WriteCell(place.Letters, place.Row, XlsxPackage.TextStyle, utf8, output);
}

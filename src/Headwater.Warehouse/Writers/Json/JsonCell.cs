using Headwater.Warehouse.Results;
using Headwater.Warehouse.Writers.Text;

namespace Headwater.Warehouse.Writers.Json;

/// <summary>Writes the values of one type of column as JSON. The rules are those of <see cref="JsonWriter"/>.</summary>
internal abstract class JsonCell
{
    public static JsonCell For(ColumnType type) =>
        type.Kind switch
        {
            TypeKind.Null => new JsonNullCell(),
            TypeKind.Boolean => new JsonBooleanCell(),
            TypeKind.Int8 => new JsonNumberCell<sbyte>(),
            TypeKind.Int16 => new JsonNumberCell<short>(),
            TypeKind.Int32 => new JsonInt32Cell(),
            TypeKind.Int64 => new JsonInt64Cell(),
            TypeKind.UInt8 => new JsonNumberCell<byte>(),
            TypeKind.UInt16 => new JsonNumberCell<ushort>(),
            TypeKind.UInt32 => new JsonNumberCell<uint>(),
            TypeKind.UInt64 => new JsonLargeCell<ulong>(),
            TypeKind.Int128 => new JsonLargeCell<Int128>(),
            TypeKind.UInt128 => new JsonLargeCell<UInt128>(),
            TypeKind.Float32 => new JsonFloatCell<float>(),
            TypeKind.Float64 => new JsonFloatCell<double>(),
            TypeKind.Decimal => new JsonDecimalCell(type.Scale),
            TypeKind.Text or TypeKind.Bit => new JsonTextCell(),
            TypeKind.Blob => new JsonBlobCell(),
            TypeKind.Uuid => new JsonUuidCell(),
            TypeKind.Date => new JsonDateCell(),
            TypeKind.Time => new JsonTimeCell(),
            TypeKind.Timestamp => new JsonTimestampCell(zoned: false),
            TypeKind.TimestampTz => new JsonTimestampCell(zoned: true),
            TypeKind.TimeTz or TypeKind.Interval => new JsonStringCell(),
            TypeKind.Enum => new JsonEnumCell(type.Labels),
            TypeKind.List => new JsonListCell(For(type.Fields[0].Type)),
            TypeKind.Struct => new JsonStructCell(type.Fields),
            TypeKind.Map => new JsonMapCell(type),
            _ => throw new ArgumentOutOfRangeException(nameof(type), type.Kind, "A kind without a JSON form."),
        };

    /// <summary>Writes one cell.</summary>
    public void Write(Column column, int row, Utf8Output output)
    {
        if (column.IsNull(row))
        {
            output.Write("null"u8);
        }
        else
        {
            WriteValue(column, row, output);
        }
    }

    protected abstract void WriteValue(Column column, int row, Utf8Output output);
}

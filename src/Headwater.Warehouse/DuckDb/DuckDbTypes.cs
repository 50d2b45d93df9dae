using Headwater.DuckDb.Errors;
using Headwater.DuckDb.Types;
using Headwater.Sql.Dialects;
using Headwater.Warehouse.Results;

namespace Headwater.Warehouse.DuckDb;

/// <summary>DuckDB's types as the product's, and back.</summary>
internal static class DuckDbTypes
{
    /// <exception cref="DuckDbException">The type cannot be read; the message says to cast it.</exception>
    public static ColumnType ToColumnType(DuckDbType type) =>
        type.Id switch
        {
            DuckDbTypeId.Null => new ColumnType(TypeKind.Null),
            DuckDbTypeId.Boolean => new ColumnType(TypeKind.Boolean),
            DuckDbTypeId.TinyInt => new ColumnType(TypeKind.Int8),
            DuckDbTypeId.SmallInt => new ColumnType(TypeKind.Int16),
            DuckDbTypeId.Integer => new ColumnType(TypeKind.Int32),
            DuckDbTypeId.BigInt => new ColumnType(TypeKind.Int64),
            DuckDbTypeId.HugeInt => new ColumnType(TypeKind.Int128),
            DuckDbTypeId.UTinyInt => new ColumnType(TypeKind.UInt8),
            DuckDbTypeId.USmallInt => new ColumnType(TypeKind.UInt16),
            DuckDbTypeId.UInteger => new ColumnType(TypeKind.UInt32),
            DuckDbTypeId.UBigInt => new ColumnType(TypeKind.UInt64),
            DuckDbTypeId.UHugeInt => new ColumnType(TypeKind.UInt128),
            DuckDbTypeId.Float => new ColumnType(TypeKind.Float32),
            DuckDbTypeId.Double => new ColumnType(TypeKind.Float64),
            DuckDbTypeId.Decimal => ColumnType.DecimalOf(type.Width, type.Scale),
            DuckDbTypeId.Varchar => new ColumnType(TypeKind.Text),
            DuckDbTypeId.Blob => new ColumnType(TypeKind.Blob),
            DuckDbTypeId.Bit => new ColumnType(TypeKind.Bit),
            DuckDbTypeId.Uuid => new ColumnType(TypeKind.Uuid),
            DuckDbTypeId.Date => new ColumnType(TypeKind.Date),
            DuckDbTypeId.Time or DuckDbTypeId.TimeNanos => new ColumnType(TypeKind.Time),
            DuckDbTypeId.TimeTz => new ColumnType(TypeKind.TimeTz),
            DuckDbTypeId.Timestamp
            or DuckDbTypeId.TimestampSeconds
            or DuckDbTypeId.TimestampMillis
            or DuckDbTypeId.TimestampNanos => new ColumnType(TypeKind.Timestamp),
            DuckDbTypeId.TimestampTz or DuckDbTypeId.TimestampTzNanos => new ColumnType(TypeKind.TimestampTz),
            DuckDbTypeId.Interval => new ColumnType(TypeKind.Interval),
            DuckDbTypeId.Enum => new ColumnType(TypeKind.Enum) { Labels = type.Labels },
            DuckDbTypeId.List or DuckDbTypeId.Array => new ColumnType(TypeKind.List) { Fields = Fields(type) },
            DuckDbTypeId.Struct => new ColumnType(TypeKind.Struct) { Fields = Fields(type) },
            DuckDbTypeId.Map => new ColumnType(TypeKind.Map) { Fields = Fields(type) },
            _ => throw new DuckDbException(
                DuckDbErrorKind.NotImplemented,
                $"A result column has the type {type.Id}, which cannot be read: cast it to VARCHAR or JSON."
            ),
        };

    public static DuckDbType ToDuckDb(ColumnType type) =>
        type.Kind switch
        {
            TypeKind.Null => new DuckDbType(DuckDbTypeId.Null),
            TypeKind.Boolean => new DuckDbType(DuckDbTypeId.Boolean),
            TypeKind.Int8 => new DuckDbType(DuckDbTypeId.TinyInt),
            TypeKind.Int16 => new DuckDbType(DuckDbTypeId.SmallInt),
            TypeKind.Int32 => new DuckDbType(DuckDbTypeId.Integer),
            TypeKind.Int64 => new DuckDbType(DuckDbTypeId.BigInt),
            TypeKind.Int128 => new DuckDbType(DuckDbTypeId.HugeInt),
            TypeKind.UInt8 => new DuckDbType(DuckDbTypeId.UTinyInt),
            TypeKind.UInt16 => new DuckDbType(DuckDbTypeId.USmallInt),
            TypeKind.UInt32 => new DuckDbType(DuckDbTypeId.UInteger),
            TypeKind.UInt64 => new DuckDbType(DuckDbTypeId.UBigInt),
            TypeKind.UInt128 => new DuckDbType(DuckDbTypeId.UHugeInt),
            TypeKind.Float32 => new DuckDbType(DuckDbTypeId.Float),
            TypeKind.Float64 => new DuckDbType(DuckDbTypeId.Double),
            TypeKind.Decimal => DuckDbType.Decimal((byte)type.Precision, (byte)type.Scale),
            TypeKind.Text => new DuckDbType(DuckDbTypeId.Varchar),
            TypeKind.Blob => new DuckDbType(DuckDbTypeId.Blob),
            TypeKind.Bit => new DuckDbType(DuckDbTypeId.Bit),
            TypeKind.Uuid => new DuckDbType(DuckDbTypeId.Uuid),
            TypeKind.Date => new DuckDbType(DuckDbTypeId.Date),
            TypeKind.Time => new DuckDbType(DuckDbTypeId.Time),
            TypeKind.TimeTz => new DuckDbType(DuckDbTypeId.TimeTz),
            TypeKind.Timestamp => new DuckDbType(DuckDbTypeId.Timestamp),
            TypeKind.TimestampTz => new DuckDbType(DuckDbTypeId.TimestampTz),
            TypeKind.Interval => new DuckDbType(DuckDbTypeId.Interval),
            TypeKind.Enum => DuckDbType.Enum(type.Labels),
            TypeKind.List => DuckDbType.List(ToDuckDb(type.Fields[0].Type)),
            TypeKind.Map => DuckDbType.Map(ToDuckDb(type.Fields[0].Type), ToDuckDb(type.Fields[1].Type)),
            TypeKind.Struct => DuckDbType.Struct([
                .. type.Fields.Select(field => new DuckDbField(field.Name, ToDuckDb(field.Type))),
            ]),
            _ => throw new ArgumentOutOfRangeException(nameof(type), type.Kind, "A kind without a DuckDB type."),
        };

    /// <summary>The type as DuckDB's SQL spells it.</summary>
    public static string ToSql(ColumnType type) =>
        type.Kind switch
        {
            TypeKind.Boolean => "BOOLEAN",
            TypeKind.Int8 => "TINYINT",
            TypeKind.Int16 => "SMALLINT",
            TypeKind.Int32 => "INTEGER",
            TypeKind.Int64 => "BIGINT",
            TypeKind.Int128 => "HUGEINT",
            TypeKind.UInt8 => "UTINYINT",
            TypeKind.UInt16 => "USMALLINT",
            TypeKind.UInt32 => "UINTEGER",
            TypeKind.UInt64 => "UBIGINT",
            TypeKind.UInt128 => "UHUGEINT",
            TypeKind.Float32 => "FLOAT",
            TypeKind.Float64 => "DOUBLE",
            TypeKind.Decimal => $"DECIMAL({type.Precision}, {type.Scale})",
            TypeKind.Text or TypeKind.Null => "VARCHAR",
            TypeKind.Blob => "BLOB",
            TypeKind.Bit => "BIT",
            TypeKind.Uuid => "UUID",
            TypeKind.Date => "DATE",
            TypeKind.Time => "TIME",
            TypeKind.TimeTz => "TIMETZ",
            TypeKind.Timestamp => "TIMESTAMP",
            TypeKind.TimestampTz => "TIMESTAMPTZ",
            TypeKind.Interval => "INTERVAL",
            TypeKind.Enum => $"ENUM({string.Join(", ", type.Labels.Select(DuckDbDialect.Instance.Literal))})",
            TypeKind.List => ToSql(type.Fields[0].Type) + "[]",
            TypeKind.Map => $"MAP({ToSql(type.Fields[0].Type)}, {ToSql(type.Fields[1].Type)})",
            TypeKind.Struct => $"STRUCT({string.Join(", ", type.Fields.Select(Member))})",
            _ => throw new ArgumentOutOfRangeException(nameof(type), type.Kind, "A kind without a DuckDB type."),
        };

    private static string Member(ColumnField field) =>
        $"{DuckDbDialect.Instance.Quote(field.Name)} {ToSql(field.Type)}";

    private static ColumnField[] Fields(DuckDbType type) =>
        [.. type.Fields.Select(field => new ColumnField(field.Name, ToColumnType(field.Type)))];
}

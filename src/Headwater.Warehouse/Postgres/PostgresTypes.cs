using Headwater.Warehouse.Results;

namespace Headwater.Warehouse.Postgres;

/// <summary>PostgreSQL's types as the product's, and back.</summary>
internal static class PostgresTypes
{
    /// <summary>Digits that a decimal of the product holds.</summary>
    public const int MaxDigits = 38;

    /// <summary>The type of a result column, or null where its values are to be read as text.</summary>
    /// <param name="oid">The number of the type.</param>
    /// <param name="precision">Digits of a numeric; null if it states none.</param>
    /// <param name="scale">Digits after the point of a numeric; null if it states none.</param>
    public static ColumnType? ToColumnType(uint oid, int? precision, int? scale) =>
        PostgresOids.ElementOf(oid) is { } element ? ListOf(ToColumnType(element, precision, scale)!)
        : PostgresOids.IsText(oid) ? new ColumnType(TypeKind.Text)
        : oid switch
        {
            PostgresOids.Bool => new ColumnType(TypeKind.Boolean),
            PostgresOids.Int2 => new ColumnType(TypeKind.Int16),
            PostgresOids.Int4 => new ColumnType(TypeKind.Int32),
            PostgresOids.Int8 => new ColumnType(TypeKind.Int64),
            PostgresOids.Oid or PostgresOids.Xid or PostgresOids.Cid or PostgresOids.RegProc => new ColumnType(
                TypeKind.UInt32
            ),
            PostgresOids.Float4 => new ColumnType(TypeKind.Float32),
            PostgresOids.Float8 => new ColumnType(TypeKind.Float64),
            PostgresOids.Numeric => precision <= MaxDigits && scale >= 0 && scale <= precision
                ? ColumnType.DecimalOf(precision.Value, scale.Value)
                : ColumnType.DecimalOf(MaxDigits, 0),
            PostgresOids.Jsonb => new ColumnType(TypeKind.Text),
            PostgresOids.Bytea => new ColumnType(TypeKind.Blob),
            PostgresOids.Bit or PostgresOids.VarBit => new ColumnType(TypeKind.Bit),
            PostgresOids.Uuid => new ColumnType(TypeKind.Uuid),
            PostgresOids.Date => new ColumnType(TypeKind.Date),
            PostgresOids.Time => new ColumnType(TypeKind.Time),
            PostgresOids.TimeTz => new ColumnType(TypeKind.TimeTz),
            PostgresOids.Timestamp => new ColumnType(TypeKind.Timestamp),
            PostgresOids.TimestampTz => new ColumnType(TypeKind.TimestampTz),
            PostgresOids.Interval => new ColumnType(TypeKind.Interval),
            _ => null,
        };

    /// <summary>The type as PostgreSQL's SQL spells it: the narrowest that holds every value. Structs and maps become jsonb.</summary>
    public static string ToSql(ColumnType type) =>
        type.Kind switch
        {
            TypeKind.Boolean => "boolean",
            TypeKind.Int8 or TypeKind.UInt8 or TypeKind.Int16 => "smallint",
            TypeKind.UInt16 or TypeKind.Int32 => "integer",
            TypeKind.UInt32 or TypeKind.Int64 => "bigint",
            TypeKind.UInt64 => "numeric(20, 0)",
            TypeKind.Int128 or TypeKind.UInt128 => "numeric(39, 0)",
            TypeKind.Float32 => "real",
            TypeKind.Float64 => "double precision",
            TypeKind.Decimal => $"numeric({type.Precision}, {type.Scale})",
            TypeKind.Text or TypeKind.Null or TypeKind.Enum => "text",
            TypeKind.Blob => "bytea",
            TypeKind.Bit => "bit varying",
            TypeKind.Uuid => "uuid",
            TypeKind.Date => "date",
            TypeKind.Time => "time",
            TypeKind.TimeTz => "time with time zone",
            TypeKind.Timestamp => "timestamp",
            TypeKind.TimestampTz => "timestamp with time zone",
            TypeKind.Interval => "interval",
            TypeKind.List => type.Fields[0].Type.Kind is TypeKind.List or TypeKind.Struct or TypeKind.Map
                ? "jsonb"
                : ToSql(type.Fields[0].Type) + "[]",
            TypeKind.Struct or TypeKind.Map => "jsonb",
            _ => throw new ArgumentOutOfRangeException(nameof(type), type.Kind, "A kind without a PostgreSQL type."),
        };

    private static ColumnType ListOf(ColumnType element) =>
        new(TypeKind.List) { Fields = [new ColumnField("element", element)] };
}

namespace Headwater.Warehouse.Results;

/// <summary>The kinds of value that a result column can hold, over all engines.</summary>
public enum TypeKind
{
    Null,
    Boolean,
    Int8,
    Int16,
    Int32,
    Int64,
    Int128,
    UInt8,
    UInt16,
    UInt32,
    UInt64,
    UInt128,
    Float32,
    Float64,
    Decimal,
    Text,
    Blob,
    Bit,
    Uuid,
    Date,
    Time,
    TimeTz,
    Timestamp,
    TimestampTz,
    Interval,
    Enum,
    List,
    Struct,
    Map,
}

/// <summary>The type of a result column, independent of the engine that produced it.</summary>
/// <param name="Kind">The kind of value.</param>
public sealed record ColumnType(TypeKind Kind)
{
    /// <summary>Total digits of a decimal, else 0.</summary>
    public int Precision { get; init; }

    /// <summary>Digits after the point of a decimal, else 0.</summary>
    public int Scale { get; init; }

    /// <summary>Members of a struct; <c>element</c> of a list; <c>key</c> and <c>value</c> of a map; else empty.</summary>
    public IReadOnlyList<ColumnField> Fields { get; init; } = [];

    /// <summary>Labels of an enum in the engine's order, else empty.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    public bool IsNumeric => Kind is >= TypeKind.Int8 and <= TypeKind.Decimal;

    public bool IsTemporal => Kind is TypeKind.Date or TypeKind.Timestamp or TypeKind.TimestampTz;

    public static ColumnType DecimalOf(int precision, int scale) =>
        new(TypeKind.Decimal) { Precision = precision, Scale = scale };

    public bool Equals(ColumnType? other) =>
        other is not null
        && Kind == other.Kind
        && Precision == other.Precision
        && Scale == other.Scale
        && Fields.SequenceEqual(other.Fields)
        && Labels.SequenceEqual(other.Labels, StringComparer.Ordinal);

    public override int GetHashCode() => HashCode.Combine(Kind, Precision, Scale, Fields.Count, Labels.Count);
}

/// <summary>A named member of a nested type.</summary>
public sealed record ColumnField(string Name, ColumnType Type);

/// <summary>Name and type of one column of a result, in order.</summary>
public sealed record ResultColumn(string Name, ColumnType Type);

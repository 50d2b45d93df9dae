using System.Collections;
using System.Globalization;
using Headwater.DuckDb.Statements;
using Headwater.DuckDb.Types;
using Headwater.Warehouse.Results;
using Headwater.Warehouse.Results.Columns;

namespace Headwater.Warehouse.DuckDb;

/// <summary>Values of a stated type, from whatever .NET class holds them without loss.</summary>
internal static class ParameterCasts
{
    private static readonly Int128[] PowersOfTen = Powers();

    public static DuckDbValue ValueOf(object? value, ColumnType type)
    {
        if (value is null)
        {
            return DuckDbValue.Null();
        }

        var invariant = CultureInfo.InvariantCulture;
        return type.Kind switch
        {
            TypeKind.Boolean => DuckDbValue.Boolean((bool)value),
            TypeKind.Int8 => DuckDbValue.Int8(Convert.ToSByte(value, invariant)),
            TypeKind.Int16 => DuckDbValue.Int16(Convert.ToInt16(value, invariant)),
            TypeKind.Int32 => DuckDbValue.Int32(Convert.ToInt32(value, invariant)),
            TypeKind.Int64 => DuckDbValue.Int64(Convert.ToInt64(value, invariant)),
            TypeKind.Int128 => DuckDbValue.Int128(Wide(value)),
            TypeKind.UInt8 => DuckDbValue.UInt8(Convert.ToByte(value, invariant)),
            TypeKind.UInt16 => DuckDbValue.UInt16(Convert.ToUInt16(value, invariant)),
            TypeKind.UInt32 => DuckDbValue.UInt32(Convert.ToUInt32(value, invariant)),
            TypeKind.UInt64 => DuckDbValue.UInt64(Convert.ToUInt64(value, invariant)),
            TypeKind.UInt128 => DuckDbValue.UInt128(value is UInt128 wide ? wide : checked((UInt128)Wide(value))),
            TypeKind.Float32 => DuckDbValue.Float32(Convert.ToSingle(value, invariant)),
            TypeKind.Float64 => DuckDbValue.Float64(Convert.ToDouble(value, invariant)),
            TypeKind.Decimal => DuckDbValue.Decimal(Unscaled(value, type), (byte)type.Precision, (byte)type.Scale),
            TypeKind.Text => DuckDbValue.Text((string)value),
            TypeKind.Bit => DuckDbValue.Bit((string)value),
            TypeKind.Blob => DuckDbValue.Blob((byte[])value),
            TypeKind.Uuid => DuckDbValue.Uuid((Guid)value),
            TypeKind.Date => DuckDbValue.Date(
                Instants.DaysOf(value is DateTime moment ? DateOnly.FromDateTime(moment) : (DateOnly)value)
            ),
            TypeKind.Time => DuckDbValue.Time(Instants.MicrosOf((TimeOnly)value)),
            TypeKind.TimeTz => TimeTz((OffsetTime)value),
            TypeKind.Timestamp => DuckDbValue.Timestamp(Instants.MicrosOf(Local(value))),
            TypeKind.TimestampTz => DuckDbValue.TimestampTz(Instants.MicrosOf(Utc(value))),
            TypeKind.Interval => Interval((Interval)value),
            TypeKind.Enum => DuckDbValue.Enum(DuckDbTypes.ToDuckDb(type), Code((string)value, type)),
            TypeKind.List => DuckDbValue.List(
                DuckDbTypes.ToDuckDb(type.Fields[0].Type),
                ((IEnumerable)value).Cast<object?>().Select(element => ValueOf(element, type.Fields[0].Type))
            ),
            TypeKind.Struct => Struct(value, type),
            TypeKind.Map => Map(value, type),
            _ => throw new ArgumentException($"A parameter cannot be of the kind {type.Kind}.", nameof(type)),
        };
    }

    /// <summary>A decimal with as many digits as the value has, at least one before the point.</summary>
    public static DuckDbValue Decimal(decimal value)
    {
        var type = DecimalType([value]);
        return DuckDbValue.Decimal(Unscaled(value, type), (byte)type.Precision, (byte)type.Scale);
    }

    /// <summary>The type of a list's elements: from the values, else from the list's own element class, else text.</summary>
    public static ColumnType CommonType(Type list, IReadOnlyList<object?> elements)
    {
        if (elements.OfType<decimal>().Any())
        {
            return DecimalType(elements.OfType<decimal>());
        }

        var declared = list.IsArray
            ? list.GetElementType()
            : list.GetInterfaces()
                .FirstOrDefault(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IEnumerable<>))
                ?.GetGenericArguments()[0];
        var first = elements.FirstOrDefault(element => element is not null);
        var element = first?.GetType() ?? Nullable.GetUnderlyingType(declared ?? typeof(string)) ?? declared;
        return KindOf(element!, first) is { } kind ? new ColumnType(kind)
            : first is IEnumerable inner
                ? new ColumnType(TypeKind.List)
                {
                    Fields = [new ColumnField("element", CommonType(inner.GetType(), [.. inner.Cast<object?>()]))],
                }
            : throw new ArgumentException($"A parameter cannot be a list of {element}.", nameof(list));
    }

    private static TypeKind? KindOf(Type type, object? sample) =>
        type == typeof(string) || type == typeof(object) ? TypeKind.Text
        : type == typeof(bool) ? TypeKind.Boolean
        : type == typeof(sbyte) ? TypeKind.Int8
        : type == typeof(byte) ? TypeKind.UInt8
        : type == typeof(short) ? TypeKind.Int16
        : type == typeof(ushort) ? TypeKind.UInt16
        : type == typeof(int) ? TypeKind.Int32
        : type == typeof(uint) ? TypeKind.UInt32
        : type == typeof(long) ? TypeKind.Int64
        : type == typeof(ulong) ? TypeKind.UInt64
        : type == typeof(Int128) ? TypeKind.Int128
        : type == typeof(UInt128) ? TypeKind.UInt128
        : type == typeof(float) ? TypeKind.Float32
        : type == typeof(double) ? TypeKind.Float64
        : type == typeof(byte[]) ? TypeKind.Blob
        : type == typeof(Guid) ? TypeKind.Uuid
        : type == typeof(DateOnly) ? TypeKind.Date
        : type == typeof(TimeOnly) ? TypeKind.Time
        : type == typeof(OffsetTime) ? TypeKind.TimeTz
        : type == typeof(Interval) ? TypeKind.Interval
        : type == typeof(DateTimeOffset) ? TypeKind.TimestampTz
        : type == typeof(DateTime)
            ? sample is DateTime { Kind: not DateTimeKind.Unspecified } ? TypeKind.TimestampTz
                : TypeKind.Timestamp
        : null;

    private static ColumnType DecimalType(IEnumerable<decimal> values)
    {
        var (whole, scale) = (1, 0);
        foreach (var value in values)
        {
            scale = Math.Max(scale, value.Scale);
            whole = Math.Max(whole, decimal.Truncate(Math.Abs(value)).ToString(CultureInfo.InvariantCulture).Length);
        }

        return ColumnType.DecimalOf(Math.Min(38, whole + scale), scale);
    }

    private static Int128 Unscaled(object value, ColumnType type)
    {
        if (value is Int128 or UInt128 or long or int or short or sbyte or byte or ushort or uint or ulong)
        {
            return checked(Wide(value) * PowersOfTen[type.Scale]);
        }

        var number = Convert.ToDecimal(value, CultureInfo.InvariantCulture);
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(number, parts);
        var size = ((Int128)(uint)parts[2] << 64) | ((Int128)(uint)parts[1] << 32) | (uint)parts[0];
        var shift = type.Scale - number.Scale;
        var scaled = shift >= 0 ? checked(size * PowersOfTen[shift]) : Exactly(size, PowersOfTen[-shift], number, type);
        return scaled >= PowersOfTen[type.Precision]
                ? throw new ArgumentException(
                    $"{number} does not fit decimal({type.Precision}, {type.Scale}).",
                    nameof(value)
                )
            : number < 0 ? -scaled
            : scaled;
    }

    private static Int128 Exactly(Int128 size, Int128 divisor, decimal number, ColumnType type)
    {
        var (quotient, rest) = Int128.DivRem(size, divisor);
        return rest == 0
            ? quotient
            : throw new ArgumentException(
                $"{number} does not fit decimal({type.Precision}, {type.Scale}).",
                nameof(number)
            );
    }

    private static Int128 Wide(object value) =>
        value switch
        {
            Int128 wide => wide,
            UInt128 wide => checked((Int128)wide),
            ulong number => number,
            _ => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        };

    private static DateTime Local(object value) =>
        value switch
        {
            DateOnly date => date.ToDateTime(TimeOnly.MinValue),
            DateTimeOffset instant => instant.UtcDateTime,
            _ => (DateTime)value,
        };

    private static DateTime Utc(object value) =>
        value switch
        {
            DateTimeOffset instant => instant.UtcDateTime,
            DateTime { Kind: DateTimeKind.Local } local => local.ToUniversalTime(),
            _ => (DateTime)value,
        };

    private static DuckDbValue TimeTz(OffsetTime value) =>
        DuckDbValue.TimeTz(DuckDbTimeTz.Of(value.Micros, value.OffsetSeconds));

    private static DuckDbValue Interval(Interval value) =>
        DuckDbValue.Interval(new DuckDbInterval(value.Months, value.Days, value.Micros));

    private static int Code(string label, ColumnType type)
    {
        for (var code = 0; code < type.Labels.Count; code++)
        {
            if (type.Labels[code] == label)
            {
                return code;
            }
        }

        throw new ArgumentException($"'{label}' is not a label of the enum.", nameof(label));
    }

    private static DuckDbValue Struct(object value, ColumnType type)
    {
        var members = (IReadOnlyDictionary<string, object?>)value;
        return DuckDbValue.Struct(
            DuckDbTypes.ToDuckDb(type),
            type.Fields.Select(field => ValueOf(members.GetValueOrDefault(field.Name), field.Type))
        );
    }

    private static DuckDbValue Map(object value, ColumnType type)
    {
        var pairs = (IReadOnlyCollection<KeyValuePair<object, object?>>)value;
        return DuckDbValue.Map(
            DuckDbTypes.ToDuckDb(type),
            pairs.Select(pair => ValueOf(pair.Key, type.Fields[0].Type)),
            pairs.Select(pair => ValueOf(pair.Value, type.Fields[1].Type))
        );
    }

    private static Int128[] Powers()
    {
        var powers = new Int128[39];
        powers[0] = 1;
        for (var index = 1; index < powers.Length; index++)
        {
            powers[index] = powers[index - 1] * 10;
        }

        return powers;
    }
}

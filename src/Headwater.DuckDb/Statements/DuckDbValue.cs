using System.Text;
using Headwater.DuckDb.Errors;
using Headwater.DuckDb.Interop;
using Headwater.DuckDb.Types;

namespace Headwater.DuckDb.Statements;

/// <summary>A typed value to bind or append. Owned by its maker; not shared between threads.</summary>
public sealed unsafe class DuckDbValue : IDisposable
{
    private DuckDbValue(ValueHandle handle) =>
        Handle = handle.IsInvalid
            ? throw new DuckDbException(DuckDbErrorKind.InvalidInput, "The engine does not take the value.")
            : handle;

    internal ValueHandle Handle { get; }

    public static DuckDbValue Null() => new(NativeMethods.duckdb_create_null_value());

    public static DuckDbValue Boolean(bool value) => new(NativeMethods.duckdb_create_bool(value ? (byte)1 : (byte)0));

    public static DuckDbValue Int8(sbyte value) => new(NativeMethods.duckdb_create_int8(value));

    public static DuckDbValue UInt8(byte value) => new(NativeMethods.duckdb_create_uint8(value));

    public static DuckDbValue Int16(short value) => new(NativeMethods.duckdb_create_int16(value));

    public static DuckDbValue UInt16(ushort value) => new(NativeMethods.duckdb_create_uint16(value));

    public static DuckDbValue Int32(int value) => new(NativeMethods.duckdb_create_int32(value));

    public static DuckDbValue UInt32(uint value) => new(NativeMethods.duckdb_create_uint32(value));

    public static DuckDbValue Int64(long value) => new(NativeMethods.duckdb_create_int64(value));

    public static DuckDbValue UInt64(ulong value) => new(NativeMethods.duckdb_create_uint64(value));

    public static DuckDbValue Int128(Int128 value) =>
        new(NativeMethods.duckdb_create_hugeint(new NativeHugeInt(value)));

    public static DuckDbValue UInt128(UInt128 value) =>
        new(NativeMethods.duckdb_create_uhugeint(new NativeHugeInt(value)));

    public static DuckDbValue Float32(float value) => new(NativeMethods.duckdb_create_float(value));

    public static DuckDbValue Float64(double value) => new(NativeMethods.duckdb_create_double(value));

    /// <summary>A decimal as its digits without the point.</summary>
    /// <param name="unscaled">The value times 10 to the power of <paramref name="scale"/>.</param>
    /// <param name="width">Total digits, 1 to 38.</param>
    /// <param name="scale">Digits after the point.</param>
    public static DuckDbValue Decimal(Int128 unscaled, byte width, byte scale)
    {
        var huge = new NativeHugeInt(unscaled);
        return new DuckDbValue(
            NativeMethods.duckdb_create_decimal(
                new NativeDecimal
                {
                    Width = width,
                    Scale = scale,
                    Lower = huge.Lower,
                    Upper = huge.Upper,
                }
            )
        );
    }

    public static DuckDbValue Text(string value) => Text(Encoding.UTF8.GetBytes(value));

    /// <summary>Text as UTF-8. May hold NUL characters.</summary>
    public static DuckDbValue Text(ReadOnlySpan<byte> utf8)
    {
        fixed (byte* pointer = utf8)
        {
            byte nothing = 0;
            return new DuckDbValue(
                NativeMethods.duckdb_create_varchar_length(pointer is null ? &nothing : pointer, (ulong)utf8.Length)
            );
        }
    }

    public static DuckDbValue Blob(ReadOnlySpan<byte> value)
    {
        fixed (byte* pointer = value)
        {
            byte nothing = 0;
            return new DuckDbValue(
                NativeMethods.duckdb_create_blob(pointer is null ? &nothing : pointer, (ulong)value.Length)
            );
        }
    }

    /// <summary>A bit string from the digits 0 and 1, at least one.</summary>
    public static DuckDbValue Bit(string digits)
    {
        ArgumentException.ThrowIfNullOrEmpty(digits);
        var bytes = BitDigits.Pack(digits);
        fixed (byte* pointer = bytes)
        {
            return new DuckDbValue(
                NativeMethods.duckdb_create_bit(new NativeBit { Data = pointer, Size = (ulong)bytes.Length })
            );
        }
    }

    public static DuckDbValue Uuid(Guid value) =>
        new(NativeMethods.duckdb_create_uuid(new NativeHugeInt(DuckDbUuid.ToNumber(value))));

    /// <summary>A date as days since 1970-01-01.</summary>
    public static DuckDbValue Date(int days) => new(NativeMethods.duckdb_create_date(days));

    /// <summary>A time of day in microseconds.</summary>
    public static DuckDbValue Time(long micros) => new(NativeMethods.duckdb_create_time(micros));

    public static DuckDbValue TimeTz(DuckDbTimeTz value) => new(NativeMethods.duckdb_create_time_tz_value(value.Bits));

    /// <summary>A timestamp without zone in microseconds since 1970-01-01.</summary>
    public static DuckDbValue Timestamp(long micros) => new(NativeMethods.duckdb_create_timestamp(micros));

    /// <summary>An instant in microseconds since 1970-01-01 UTC.</summary>
    public static DuckDbValue TimestampTz(long micros) => new(NativeMethods.duckdb_create_timestamp_tz(micros));

    public static DuckDbValue TimestampSeconds(long seconds) => new(NativeMethods.duckdb_create_timestamp_s(seconds));

    public static DuckDbValue TimestampMillis(long millis) => new(NativeMethods.duckdb_create_timestamp_ms(millis));

    public static DuckDbValue TimestampNanos(long nanos) => new(NativeMethods.duckdb_create_timestamp_ns(nanos));

    public static DuckDbValue Interval(DuckDbInterval value) => new(NativeMethods.duckdb_create_interval(value));

    /// <summary>A list of values of one type, which are consumed.</summary>
    public static DuckDbValue List(DuckDbType element, IEnumerable<DuckDbValue> values)
    {
        using var type = element.ToHandle();
        using var handles = new HandleArray(values.Select(value => value.Handle));
        fixed (nint* pointers = handles.Pointers)
        {
            return new DuckDbValue(NativeMethods.duckdb_create_list_value(type, pointers, handles.Count));
        }
    }

    /// <summary>A struct from the values of its members, which are consumed.</summary>
    public static DuckDbValue Struct(DuckDbType type, IEnumerable<DuckDbValue> values)
    {
        using var handle = type.ToHandle();
        using var handles = new HandleArray(values.Select(value => value.Handle));
        fixed (nint* pointers = handles.Pointers)
        {
            return new DuckDbValue(NativeMethods.duckdb_create_struct_value(handle, pointers));
        }
    }

    /// <summary>A map from keys and values of the same number, which are consumed.</summary>
    public static DuckDbValue Map(DuckDbType type, IEnumerable<DuckDbValue> keys, IEnumerable<DuckDbValue> values)
    {
        using var handle = type.ToHandle();
        using var keyHandles = new HandleArray(keys.Select(key => key.Handle));
        using var valueHandles = new HandleArray(values.Select(value => value.Handle));
        fixed (nint* keyPointers = keyHandles.Pointers)
        fixed (nint* valuePointers = valueHandles.Pointers)
        {
            return new DuckDbValue(
                NativeMethods.duckdb_create_map_value(handle, keyPointers, valuePointers, keyHandles.Count)
            );
        }
    }

    /// <summary>An enum value by its code, the place of its label.</summary>
    public static DuckDbValue Enum(DuckDbType type, int code)
    {
        using var handle = type.ToHandle();
        return new DuckDbValue(NativeMethods.duckdb_create_enum_value(handle, (ulong)code));
    }

    public void Dispose() => Handle.Dispose();
}

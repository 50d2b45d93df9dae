using System.Buffers.Binary;
using Headwater.Warehouse.Results.Columns;

namespace Headwater.Warehouse.Postgres;

/// <summary>
/// Values of one size in the server's binary form: big-endian, instants counted from 2000-01-01 (PostgreSQL source,
/// <c>src/include/datatype/timestamp.h</c>). The infinities are the ends of the range there, and symmetric here.
/// </summary>
internal static class BinaryForms
{
    private const int EpochDays = 10_957;
    private const long EpochMicros = EpochDays * Instants.MicrosPerDay;

    public static short Int16(ReadOnlySpan<byte> value) => BinaryPrimitives.ReadInt16BigEndian(value);

    public static int Int32(ReadOnlySpan<byte> value) => BinaryPrimitives.ReadInt32BigEndian(value);

    public static uint UInt32(ReadOnlySpan<byte> value) => BinaryPrimitives.ReadUInt32BigEndian(value);

    public static long Int64(ReadOnlySpan<byte> value) => BinaryPrimitives.ReadInt64BigEndian(value);

    public static float Single(ReadOnlySpan<byte> value) => BinaryPrimitives.ReadSingleBigEndian(value);

    public static double Double(ReadOnlySpan<byte> value) => BinaryPrimitives.ReadDoubleBigEndian(value);

    public static int Date(ReadOnlySpan<byte> value) =>
        Int32(value) switch
        {
            int.MaxValue => int.MaxValue,
            int.MinValue => -int.MaxValue,
            var days => days + EpochDays,
        };

    public static int ToDate(int days) =>
        days switch
        {
            int.MaxValue => int.MaxValue,
            -int.MaxValue => int.MinValue,
            _ => days - EpochDays,
        };

    public static long Timestamp(ReadOnlySpan<byte> value) =>
        Int64(value) switch
        {
            long.MaxValue => long.MaxValue,
            long.MinValue => -long.MaxValue,
            var micros => micros + EpochMicros,
        };

    public static long ToTimestamp(long micros) =>
        micros switch
        {
            long.MaxValue => long.MaxValue,
            -long.MaxValue => long.MinValue,
            _ => micros - EpochMicros,
        };

    // The server counts seconds west of UTC.
    public static OffsetTime TimeTz(ReadOnlySpan<byte> value) => new(Int64(value), -Int32(value[8..]));

    public static Interval Interval(ReadOnlySpan<byte> value) =>
        new(Int32(value[12..]), Int32(value[8..]), Int64(value));
}

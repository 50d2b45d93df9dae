namespace Headwater.DuckDb.Types;

/// <summary>
/// A time of day with an offset, packed as the engine stores it: 40 bits of microseconds, then 24 bits that count offsets downwards
/// from +15:59:59, so that packed values sort as instants do.
/// </summary>
public readonly record struct DuckDbTimeTz(ulong Bits)
{
    private const int OffsetBits = 24;
    private const int MaxOffsetSeconds = (16 * 60 * 60) - 1;

    public static DuckDbTimeTz Of(long micros, int offsetSeconds) =>
        new(((ulong)micros << OffsetBits) | (uint)(MaxOffsetSeconds - offsetSeconds));

    /// <summary>Local time of day in microseconds.</summary>
    public long Micros => (long)(Bits >> OffsetBits);

    /// <summary>Seconds east of UTC.</summary>
    public int OffsetSeconds => MaxOffsetSeconds - (int)(Bits & ((1UL << OffsetBits) - 1));
}

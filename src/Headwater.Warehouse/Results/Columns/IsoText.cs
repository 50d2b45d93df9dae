using System.Runtime.CompilerServices;
using System.Text;

namespace Headwater.Warehouse.Results.Columns;

/// <summary>
/// Dates and times as ISO 8601 text in UTF-8, over the engines' whole range. Years beyond 0000–9999 have a sign and six digits;
/// the engines' infinities are <c>infinity</c> and <c>-infinity</c>. Fractions of a second are written as far as they go, at most six digits.
/// </summary>
internal static class IsoText
{
    /// <summary>Longest text of this class, in bytes.</summary>
    public const int MaxLength = 48;

    private const int DaysPerEra = 146_097;

    public static string Date(int days) => Text(days, static (value, target) => WriteDate(value, target));

    public static string Time(long micros) => Text(micros, static (value, target) => WriteTime(value, target));

    public static string Timestamp(long micros, bool zoned) =>
        zoned
            ? Text(micros, static (value, target) => WriteTimestamp(value, target, (byte)'T', zoned: true))
            : Text(micros, static (value, target) => WriteTimestamp(value, target, (byte)'T', zoned: false));

    public static bool IsInfinite(int days) => days is int.MaxValue or -int.MaxValue;

    public static bool IsInfinite(long micros) => micros is long.MaxValue or -long.MaxValue;

    public static int WriteDate(int days, Span<byte> target) =>
        IsInfinite(days) ? WriteInfinity(days < 0, target) : WriteCivil(days, target);

    public static int WriteTimestamp(long micros, Span<byte> target, byte separator, bool zoned)
    {
        if (IsInfinite(micros))
        {
            return WriteInfinity(micros < 0, target);
        }

        var days = Math.DivRem(micros, Instants.MicrosPerDay, out var time);
        if (time < 0)
        {
            days--;
            time += Instants.MicrosPerDay;
        }

        var length = WriteCivil((int)days, target);
        target[length++] = separator;
        length += WriteTime(time, target[length..]);
        if (zoned)
        {
            target[length++] = (byte)'Z';
        }

        return length;
    }

    /// <summary><c>hh:mm:ss</c>, with a fraction if there is one.</summary>
    public static int WriteTime(long micros, Span<byte> target)
    {
        var seconds = (int)(micros / 1_000_000);
        var fraction = (int)(micros % 1_000_000);
        TwoDigits(seconds / 3600, target);
        target[2] = (byte)':';
        TwoDigits(seconds / 60 % 60, target[3..]);
        target[5] = (byte)':';
        TwoDigits(seconds % 60, target[6..]);
        if (fraction == 0)
        {
            return 8;
        }

        target[8] = (byte)'.';
        var length = 15;
        for (var place = 14; place > 8; place--)
        {
            target[place] = (byte)('0' + (fraction % 10));
            fraction /= 10;
        }

        while (target[length - 1] == (byte)'0')
        {
            length--;
        }

        return length;
    }

    /// <summary><c>+hh:mm</c>, with seconds if there are any.</summary>
    public static int WriteOffset(int seconds, Span<byte> target)
    {
        target[0] = seconds < 0 ? (byte)'-' : (byte)'+';
        var size = Math.Abs(seconds);
        TwoDigits(size / 3600, target[1..]);
        target[3] = (byte)':';
        TwoDigits(size / 60 % 60, target[4..]);
        if (size % 60 == 0)
        {
            return 6;
        }

        target[6] = (byte)':';
        TwoDigits(size % 60, target[7..]);
        return 9;
    }

    // Days to year, month and day of the proleptic Gregorian calendar: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms".
    private static (int Year, int Month, int Day) Civil(int days)
    {
        var shifted = days + 719_468L;
        var era = (int)Math.DivRem(shifted, DaysPerEra, out var remainder);
        if (remainder < 0)
        {
            era--;
            remainder += DaysPerEra;
        }

        var dayOfEra = (uint)remainder;
        var yearOfEra = (dayOfEra - (dayOfEra / 1460) + (dayOfEra / 36_524) - (dayOfEra / 146_096)) / 365;
        var dayOfYear = dayOfEra - ((365 * yearOfEra) + (yearOfEra / 4) - (yearOfEra / 100));
        var shiftedMonth = ((5 * dayOfYear) + 2) / 153;
        var day = (int)(dayOfYear - (((153 * shiftedMonth) + 2) / 5) + 1);
        var month = (int)(shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9);
        return ((int)yearOfEra + (era * 400) + (month <= 2 ? 1 : 0), month, day);
    }

    private static int WriteCivil(int days, Span<byte> target)
    {
        var (year, month, day) = Civil(days);
        var length = 0;
        if (year is < 0 or > 9999)
        {
            target[length++] = year < 0 ? (byte)'-' : (byte)'+';
            var size = Math.Abs(year);
            TwoDigits(size / 10_000 % 100, target[length..]);
            length += 2;
            year = size % 10_000;
        }

        TwoDigits(year / 100, target[length..]);
        TwoDigits(year % 100, target[(length + 2)..]);
        target[length + 4] = (byte)'-';
        TwoDigits(month, target[(length + 5)..]);
        target[length + 7] = (byte)'-';
        TwoDigits(day, target[(length + 8)..]);
        return length + 10;
    }

    private static int WriteInfinity(bool negative, Span<byte> target)
    {
        var text = negative ? "-infinity"u8 : "infinity"u8;
        text.CopyTo(target);
        return text.Length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TwoDigits(int value, Span<byte> target)
    {
        target[1] = (byte)('0' + (value % 10));
        target[0] = (byte)('0' + (value / 10));
    }

    private delegate int Write<in T>(T value, Span<byte> target);

    private static string Text<T>(T value, Write<T> write)
    {
        Span<byte> target = stackalloc byte[MaxLength];
        return Encoding.ASCII.GetString(target[..write(value, target)]);
    }
}

using System.Globalization;

namespace Headwater.Warehouse.Writers.Text;

/// <summary>Decimals from their digits without the point.</summary>
internal static class DecimalText
{
    /// <summary>Digits that every double holds: beyond them a reader that parses doubles may change the value.</summary>
    public const long FifteenDigits = 999_999_999_999_999;

    /// <summary>Longest text of a decimal, in bytes: 38 digits, sign, point and a leading zero.</summary>
    public const int MaxLength = 48;

    public static bool HasAtMostFifteenDigits(Int128 unscaled) =>
        unscaled >= -FifteenDigits && unscaled <= FifteenDigits;

    /// <summary>Writes all digits after the point, also zeros, so that a column keeps its shape.</summary>
    public static int Write(Int128 unscaled, int scale, Span<byte> target)
    {
        Span<byte> digits = stackalloc byte[MaxLength];
        int count;
        var negative = unscaled < 0;
        if (unscaled >= long.MinValue + 1 && unscaled <= long.MaxValue)
        {
            System.Buffers.Text.Utf8Formatter.TryFormat(Math.Abs((long)unscaled), digits, out count);
        }
        else
        {
            var size = unscaled < 0 ? (UInt128)(-unscaled) : (UInt128)unscaled;
            size.TryFormat(digits, out count, default, CultureInfo.InvariantCulture);
        }

        var length = 0;
        if (negative)
        {
            target[length++] = (byte)'-';
        }

        var whole = count - scale;
        if (whole <= 0)
        {
            target[length++] = (byte)'0';
        }
        else
        {
            digits[..whole].CopyTo(target[length..]);
            length += whole;
        }

        if (scale == 0)
        {
            return length;
        }

        target[length++] = (byte)'.';
        for (var zero = whole; zero < 0; zero++)
        {
            target[length++] = (byte)'0';
        }

        var fraction = digits[Math.Max(whole, 0)..count];
        fraction.CopyTo(target[length..]);
        return length + fraction.Length;
    }
}

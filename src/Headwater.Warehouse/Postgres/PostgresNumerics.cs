using System.Buffers.Binary;
using Headwater.Warehouse.Port;

namespace Headwater.Warehouse.Postgres;

/// <summary>
/// The binary form of <c>numeric</c>: digits to the base of 10,000, the first worth 10,000 to the power of the weight
/// (PostgreSQL source, <c>src/backend/utils/adt/numeric.c</c>, "Local data structures").
/// </summary>
internal static class PostgresNumerics
{
    private const int Base = 10_000;
    private const int DigitsOfBase = 4;
    private const int HeaderBytes = 8;
    private const short Negative = 0x4000;

    /// <summary>Longest binary form of a number of 39 digits, in bytes.</summary>
    public const int MaxBytes = HeaderBytes + (11 * 2);

    private static readonly Int128[] PowersOfTen = Powers();

    /// <summary>Digits before the point (0 for a fraction) and digits after it, as the server states them.</summary>
    /// <exception cref="WarehouseException">The number is no number, or infinite.</exception>
    public static (int Whole, int Scale) Size(ReadOnlySpan<byte> value)
    {
        var count = BinaryPrimitives.ReadInt16BigEndian(value);
        var weight = BinaryPrimitives.ReadInt16BigEndian(value[2..]);
        var sign = BinaryPrimitives.ReadInt16BigEndian(value[4..]);
        var scale = BinaryPrimitives.ReadInt16BigEndian(value[6..]);
        if (sign is not (0 or Negative))
        {
            throw Unreadable("A numeric is NaN or infinite: cast it to double precision or text.");
        }

        return count == 0 ? (0, scale) : (Math.Max(0, (weight * DigitsOfBase) + Length(Digit(value, 0))), scale);
    }

    /// <summary>The number times 10 to the power of <paramref name="scale"/>; further digits are rounded, half away from zero.</summary>
    /// <exception cref="WarehouseException">The number has more than 38 digits.</exception>
    public static Int128 Read(ReadOnlySpan<byte> value, int scale)
    {
        var (whole, _) = Size(value);
        if (whole + scale > PostgresTypes.MaxDigits)
        {
            throw Unreadable(
                $"A numeric has more than {PostgresTypes.MaxDigits} digits: cast it to double precision or text."
            );
        }

        var count = BinaryPrimitives.ReadInt16BigEndian(value);
        var weight = BinaryPrimitives.ReadInt16BigEndian(value[2..]);
        Int128 number = 0;
        var roundsUp = false;
        for (var index = 0; index < count; index++)
        {
            var exponent = ((weight - index) * DigitsOfBase) + scale;
            var digit = Digit(value, index);
            if (exponent >= 0)
            {
                number += digit * PowersOfTen[exponent];
            }
            else if (exponent > -DigitsOfBase)
            {
                var divisor = (int)PowersOfTen[-exponent];
                number += digit / divisor;
                roundsUp = digit % divisor * 2 >= divisor;
            }
            else
            {
                // Only the first digit left out decides, and only if it stands right behind the last place.
                roundsUp |= exponent == -DigitsOfBase && digit >= Base / 2;
                break;
            }
        }

        number += roundsUp ? 1 : 0;
        return BinaryPrimitives.ReadInt16BigEndian(value[4..]) == Negative ? -number : number;
    }

    /// <summary>Writes a number of up to 39 digits, given times 10 to the power of <paramref name="scale"/>.</summary>
    /// <returns>Bytes written.</returns>
    public static int Write(UInt128 size, bool isNegative, int scale, Span<byte> target)
    {
        // Aligned, so that the point stands between two digits.
        var padding = (DigitsOfBase - (scale % DigitsOfBase)) % DigitsOfBase;
        Span<short> digits = stackalloc short[12];
        var count = 0;
        var rest = size;
        if (padding > 0)
        {
            var unit = (uint)PowersOfTen[DigitsOfBase - padding];
            digits[count++] = (short)((uint)(rest % unit) * (uint)PowersOfTen[padding]);
            rest /= unit;
        }

        while (rest != 0)
        {
            digits[count++] = (short)(uint)(rest % Base);
            rest /= Base;
        }

        var weight = count - 1 - ((scale + DigitsOfBase - 1) / DigitsOfBase);
        var last = 0;
        while (last < count && digits[last] == 0)
        {
            last++;
        }

        var written = count - last;
        BinaryPrimitives.WriteInt16BigEndian(target, (short)written);
        BinaryPrimitives.WriteInt16BigEndian(target[2..], (short)(written == 0 ? 0 : weight));
        BinaryPrimitives.WriteInt16BigEndian(target[4..], isNegative && written > 0 ? Negative : (short)0);
        BinaryPrimitives.WriteInt16BigEndian(target[6..], (short)scale);
        for (var index = 0; index < written; index++)
        {
            BinaryPrimitives.WriteInt16BigEndian(target[(HeaderBytes + (index * 2))..], digits[count - 1 - index]);
        }

        return HeaderBytes + (written * 2);
    }

    private static short Digit(ReadOnlySpan<byte> value, int index) =>
        BinaryPrimitives.ReadInt16BigEndian(value[(HeaderBytes + (index * 2))..]);

    private static int Length(short digit) =>
        digit >= 1000 ? 4
        : digit >= 100 ? 3
        : digit >= 10 ? 2
        : 1;

    private static WarehouseException Unreadable(string message) => new(WarehouseFailure.Data, message);

    private static Int128[] Powers()
    {
        var powers = new Int128[PostgresTypes.MaxDigits + 1];
        powers[0] = 1;
        for (var index = 1; index < powers.Length; index++)
        {
            powers[index] = powers[index - 1] * 10;
        }

        return powers;
    }
}

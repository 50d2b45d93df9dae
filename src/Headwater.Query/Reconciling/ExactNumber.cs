using System.Globalization;
using System.Numerics;

namespace Headwater.Query.Reconciling;

/// <summary>A decimal number of any size.</summary>
/// <param name="Units">The number times ten to the power of <paramref name="Scale"/>.</param>
/// <param name="Scale">Digits behind the point.</param>
internal readonly record struct ExactNumber(BigInteger Units, int Scale)
{
    /// <summary>Digits before and behind the point beyond which a text is no number that anybody means.</summary>
    private const int MostDigits = 38;

    /// <summary>
    /// Reads a number: a sign, digits with commas between thousands or without, a point and digits, an exponent. Null if it is none; too long ones are told
    /// by <paramref name="isTooLarge"/>.
    /// </summary>
    public static ExactNumber? Read(string text, out bool isTooLarge)
    {
        isTooLarge = false;
        var rest = text.AsSpan().Trim();
        var exponent = 0;
        var mark = rest.IndexOfAny('e', 'E');
        if (mark >= 0)
        {
            if (
                !int.TryParse(
                    rest[(mark + 1)..],
                    NumberStyles.AllowLeadingSign,
                    CultureInfo.InvariantCulture,
                    out exponent
                )
            )
            {
                return null;
            }

            rest = rest[..mark];
        }

        var point = rest.IndexOf('.');
        var whole = point < 0 ? rest : rest[..point];
        var fraction = point < 0 ? default : rest[(point + 1)..];
        if (
            (fraction.IsEmpty && !whole.ContainsAnyInRange('0', '9'))
            || (point >= 0 && (fraction.IsEmpty && whole.IsEmpty || fraction.ContainsAnyExceptInRange('0', '9')))
            || !BigInteger.TryParse(Plain(whole), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
        )
        {
            return null;
        }

        if (whole.Length + fraction.Length > 4 * MostDigits || Math.Abs((long)exponent) > MostDigits)
        {
            isTooLarge = true;
            return null;
        }

        var units = BigInteger.Parse(Plain(whole) + fraction.ToString(), CultureInfo.InvariantCulture);
        var scale = fraction.Length - exponent;
        var number = (
            scale < 0 ? new ExactNumber(units * BigInteger.Pow(10, -scale), 0) : new ExactNumber(units, scale)
        ).Shortened();
        isTooLarge = BigInteger.Abs(number.Units) >= BigInteger.Pow(10, MostDigits) || number.Scale > MostDigits;
        return isTooLarge ? null : number;
    }

    /// <summary>A number as the engine wrote it.</summary>
    public static ExactNumber Parse(string text) =>
        Read(text, out _) ?? throw new InvalidOperationException($"the engine gave '{text}' for a number");

    /// <summary>The nearest number with so many digits behind the point; halves go away from zero.</summary>
    public ExactNumber RoundedTo(int scale)
    {
        if (scale >= Scale)
        {
            return this;
        }

        var unit = BigInteger.Pow(10, Scale - scale);
        var half = unit / 2 * Units.Sign;
        return new ExactNumber((Units + half) / unit, scale).Shortened();
    }

    public static ExactNumber operator +(ExactNumber left, ExactNumber right)
    {
        var scale = Math.Max(left.Scale, right.Scale);
        return new ExactNumber(left.At(scale) + right.At(scale), scale).Shortened();
    }

    public static ExactNumber operator -(ExactNumber left, ExactNumber right) =>
        left + new ExactNumber(-right.Units, right.Scale);

    public override string ToString()
    {
        var digits = BigInteger.Abs(Units).ToString(CultureInfo.InvariantCulture).PadLeft(Scale + 1, '0');
        var text = Scale == 0 ? digits : $"{digits[..^Scale]}.{digits[^Scale..]}";
        return Units.Sign < 0 ? "-" + text : text;
    }

    private BigInteger At(int scale) => Units * BigInteger.Pow(10, scale - Scale);

    private ExactNumber Shortened()
    {
        var (units, scale) = (Units, Scale);
        while (scale > 0 && units % 10 == 0)
        {
            units /= 10;
            scale--;
        }

        return new ExactNumber(units, scale);
    }

    // 1,234,567 is 1234567, but 1,23 is nothing that everybody reads alike. An empty whole part is 0.
    private static string Plain(ReadOnlySpan<char> whole)
    {
        var sign = whole is ['-', ..] ? "-" : "";
        var digits = whole.TrimStart("+-").Length < whole.Length - 1 ? "x" : whole.TrimStart("+-").ToString();
        if (digits.Length == 0)
        {
            return sign + "0";
        }

        if (!digits.Contains(',', StringComparison.Ordinal))
        {
            return sign + digits;
        }

        var parts = digits.Split(',');
        return parts[0].Length is > 0 and < 4 && parts.Skip(1).All(part => part.Length == 3)
            ? sign + string.Concat(parts)
            : "x";
    }
}

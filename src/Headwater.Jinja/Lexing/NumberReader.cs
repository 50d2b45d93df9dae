using System.Globalization;
using System.Numerics;
using Headwater.Jinja.Values;

namespace Headwater.Jinja.Lexing;

/// <summary>Number literals: decimal, hexadecimal, octal and binary integers and floats, with underscores between digits.</summary>
internal static class NumberReader
{
    /// <returns>The offset after the literal.</returns>
    public static int Read(string source, int start, out object value)
    {
        if (source[start] == '0' && start + 2 < source.Length && Radix(source[start + 1]) is var radix and > 0)
        {
            var stop = Digits(source, start + 2, char.IsAsciiHexDigit);
            if (stop > start + 2)
            {
                var total = BigInteger.Zero;
                foreach (var digit in source.AsSpan(start + 2, stop - start - 2))
                {
                    total = digit == '_' ? total : total * radix + Convert.ToInt32(digit.ToString(), 16);
                }

                value = Numbers.Normal(total);
                return stop;
            }
        }

        var end = Digits(source, start, char.IsAsciiDigit);
        // After a dot only an index can stand: row.0.1 is two indexes, not a float.
        var isFloat = (start == 0 || source[start - 1] != '.') && Fraction(source, ref end);
        var text = source[start..end].Replace("_", "", StringComparison.Ordinal);
        value = isFloat
            ? double.Parse(text, CultureInfo.InvariantCulture)
            : Numbers.Normal(BigInteger.Parse(text, CultureInfo.InvariantCulture));
        return end;
    }

    private static int Radix(char letter) =>
        letter switch
        {
            'x' or 'X' => 16,
            'o' or 'O' => 8,
            'b' or 'B' => 2,
            _ => 0,
        };

    private static int Digits(string source, int at, Func<char, bool> isDigit)
    {
        while (
            at < source.Length
            && (isDigit(source[at]) || (source[at] == '_' && at + 1 < source.Length && isDigit(source[at + 1])))
        )
        {
            at++;
        }

        return at;
    }

    private static bool Fraction(string source, ref int end)
    {
        var found = false;
        if (end + 1 < source.Length && source[end] == '.' && char.IsAsciiDigit(source[end + 1]))
        {
            end = Digits(source, end + 1, char.IsAsciiDigit);
            found = true;
        }

        var exponent = end;
        if (exponent < source.Length && source[exponent] is 'e' or 'E')
        {
            exponent += exponent + 1 < source.Length && source[exponent + 1] is '+' or '-' ? 2 : 1;
            if (exponent < source.Length && char.IsAsciiDigit(source[exponent]))
            {
                end = Digits(source, exponent, char.IsAsciiDigit);
                found = true;
            }
        }

        return found;
    }
}

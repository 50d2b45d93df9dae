using System.Globalization;
using System.Numerics;
using Headwater.Jinja.Functions;
using Headwater.Jinja.Values;

namespace Headwater.Jinja.Filters;

/// <summary>Filters that make or change numbers.</summary>
internal static class NumberFilters
{
    public static IReadOnlyList<NativeFunction> All { get; } =
    [
        new("abs", ParameterList.None, Abs),
        new("int", ParameterList.Of("default?", "base?"), ToInt),
        new("float", ParameterList.Of("default?"), call => Float(call.Subject) ?? (call.Has(0) ? call.Value(0) : 0.0)),
        new("round", ParameterList.Of("precision?", "method?"), Round),
    ];

    // Python's own limit, as the work grows with the square of the digits.
    private const int MostDigits = 4300;

    /// <summary>Python's <c>float(value)</c>, or null where that fails.</summary>
    internal static double? Float(object? value)
    {
        if (value is not string text)
        {
            return Numbers.IsNumber(value) ? Numbers.Real(value!) : null;
        }

        text = text.Trim().Replace("_", "", StringComparison.Ordinal);
        return text.ToLowerInvariant() switch
        {
            "inf" or "+inf" or "infinity" => double.PositiveInfinity,
            "-inf" or "-infinity" => double.NegativeInfinity,
            "nan" => double.NaN,
            _ => double.TryParse(
                text,
                NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
                CultureInfo.InvariantCulture,
                out var number
            )
                ? number
                : null,
        };
    }

    private static object Abs(NativeCall call) =>
        call.Subject is TimeSpan span ? span.Duration()
        : Numbers.IsNumber(call.Subject)
            ? Numbers.Compare(call.Subject!, 0L) < 0 ? Numbers.Negate(call.Subject!)
                : Operators.Plus(call.Subject)!
        : throw (call.Subject as JinjaUndefined)?.Fault()
            ?? JinjaFault.Type($"bad operand type for abs(): '{TypeNames.Of(call.Subject)}'");

    private static object? ToInt(NativeCall call)
    {
        var otherwise = call.Has(0) ? call.Value(0) : 0L;
        return call.Subject switch
        {
            string text => Parse(text, (int)call.Integer(1, 10)) ?? Truncated(Float(text)) ?? otherwise,
            long or bool or BigInteger => Operators.Plus(call.Subject),
            double or decimal => Truncated(Numbers.Real(call.Subject)) ?? otherwise,
            _ => otherwise,
        };
    }

    private static object? Truncated(double? value) =>
        value is { } number && double.IsFinite(number) ? Numbers.Normal(new BigInteger(Math.Truncate(number))) : null;

    private static object? Parse(string text, int radix)
    {
        text = text.Trim().Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();
        if (text.Length > MostDigits)
        {
            throw JinjaFault.Limit($"a number has more than {MostDigits} digits");
        }

        if (radix == 10)
        {
            return BigInteger.TryParse(
                text,
                NumberStyles.AllowLeadingSign,
                CultureInfo.InvariantCulture,
                out var number
            )
                ? Numbers.Normal(number)
                : null;
        }

        var negative = text.StartsWith('-');
        text = text.TrimStart('-', '+');
        text = radix switch
        {
            16 when text.StartsWith("0x", StringComparison.Ordinal) => text[2..],
            8 when text.StartsWith("0o", StringComparison.Ordinal) => text[2..],
            2 when text.StartsWith("0b", StringComparison.Ordinal) => text[2..],
            _ => text,
        };
        var total = BigInteger.Zero;
        foreach (var character in text)
        {
            var digit = "0123456789abcdefghijklmnopqrstuvwxyz".IndexOf(character);
            if (digit < 0 || digit >= radix)
            {
                return null;
            }

            total = total * radix + digit;
        }

        return text.Length == 0 ? null : Numbers.Normal(negative ? -total : total);
    }

    private static object RoundInteger(BigInteger value, int digits)
    {
        var unit = BigInteger.Pow(10, digits);
        var quotient = BigInteger.DivRem(BigInteger.Abs(value), unit, out var rest);
        var half = (rest * 2).CompareTo(unit);
        quotient += half > 0 || (half == 0 && !quotient.IsEven) ? 1 : 0;
        return Numbers.Normal(quotient * unit * value.Sign);
    }

    private static object Round(NativeCall call)
    {
        if (!Numbers.IsNumber(call.Subject))
        {
            throw (call.Subject as JinjaUndefined)?.Fault()
                ?? JinjaFault.Type($"type {TypeNames.Of(call.Subject)} doesn't define __round__ method");
        }

        var precision = (int)Math.Clamp(call.Integer(0), -300, 300);
        var method = call.Text(1, "common");
        if (method == "common" && call.Subject is decimal exact && precision is >= 0 and <= 28)
        {
            return Math.Round(exact, precision, MidpointRounding.ToEven);
        }

        if (method == "common" && Numbers.IsInteger(call.Subject) && precision >= 0)
        {
            return call.Subject!;
        }

        if (method == "common" && Numbers.IsInteger(call.Subject))
        {
            return RoundInteger(Numbers.Big(call.Subject!), -precision);
        }

        var value = Numbers.Real(call.Subject!);
        var scale = Math.Pow(10, precision);
        return method switch
        {
            "common" when precision is >= 0 and <= 15 && Math.Abs(value) < 1e15 => double.Parse(
                // Rounding the exact binary value half to even, as Python does: 2.675 is a little less and gives 2.67.
                value.ToString($"F{precision}", CultureInfo.InvariantCulture),
                CultureInfo.InvariantCulture
            ),
            "common" => Math.Round(value * scale, MidpointRounding.ToEven) / scale,
            "ceil" => Math.Ceiling(value * scale) / scale,
            "floor" => Math.Floor(value * scale) / scale,
            _ => throw JinjaFault.Value("method must be common, ceil or floor"),
        };
    }
}

using System.Globalization;
using System.Numerics;

namespace Headwater.Jinja.Values;

/// <summary>Python's arithmetic: unbounded integers, true division, division and remainder that round towards minus infinity.</summary>
internal static class Numbers
{
    private const long MostBits = 1_000_000;

    public static bool IsNumber(object? value) => value is long or double or bool or BigInteger or decimal;

    public static bool IsInteger(object? value) => value is long or bool or BigInteger;

    /// <summary>The smallest representation: long where it fits.</summary>
    public static object Normal(BigInteger value) =>
        value >= long.MinValue && value <= long.MaxValue ? (object)(long)value : value;

    public static BigInteger Big(object value) =>
        value switch
        {
            long number => number,
            bool flag => flag ? 1 : 0,
            BigInteger number => number,
            _ => throw JinjaFault.Type($"'{TypeNames.Of(value)}' object cannot be interpreted as an integer"),
        };

    public static double Real(object value) =>
        value switch
        {
            double number => number,
            long number => number,
            bool flag => flag ? 1 : 0,
            BigInteger number => (double)number,
            decimal number => (double)number,
            _ => throw JinjaFault.Type($"must be real number, not {TypeNames.Of(value)}"),
        };

    public static int Compare(object left, object right)
    {
        if (left is long a && right is long b)
        {
            return a.CompareTo(b);
        }

        if (IsInteger(left) && IsInteger(right))
        {
            return Big(left).CompareTo(Big(right));
        }

        if (left is decimal || right is decimal)
        {
            return left is double || right is double
                ? Real(left).CompareTo(Real(right))
                : Exact(left).CompareTo(Exact(right));
        }

        return Real(left).CompareTo(Real(right));
    }

    public static object Add(object left, object right)
    {
        if (left is long a && right is long b)
        {
            var sum = unchecked(a + b);
            return ((a ^ sum) & (b ^ sum)) < 0 ? (object)((BigInteger)a + b) : sum;
        }

        return Combine(left, right, static (x, y) => x + y, static (x, y) => x + y, static (x, y) => x + y);
    }

    public static object Subtract(object left, object right) =>
        left is long a && right is long b && Math.Abs(a) < int.MaxValue && Math.Abs(b) < int.MaxValue
            ? a - b
            : Combine(left, right, static (x, y) => x - y, static (x, y) => x - y, static (x, y) => x - y);

    public static object Multiply(object left, object right) =>
        Combine(left, right, Product, static (x, y) => x * y, static (x, y) => x * y);

    private static BigInteger Product(BigInteger left, BigInteger right) =>
        left.GetBitLength() + right.GetBitLength() > MostBits
            ? throw JinjaFault.Limit("a number is too large")
            : left * right;

    public static object Divide(object left, object right)
    {
        RequireNonZero(right, IsInteger(left) && IsInteger(right) ? "division by zero" : "float division by zero");
        return UsesDecimal(left, right) ? Exact(left) / Exact(right) : Real(left) / Real(right);
    }

    public static object FloorDivide(object left, object right)
    {
        RequireNonZero(right, "integer division or modulo by zero");
        return Combine(
            left,
            right,
            static (x, y) =>
            {
                var quotient = BigInteger.DivRem(x, y, out var rest);
                return !rest.IsZero && (rest.Sign < 0) != (y.Sign < 0) ? quotient - 1 : quotient;
            },
            static (x, y) => Math.Floor(x / y),
            static (x, y) => Math.Truncate(x / y)
        );
    }

    public static object Modulo(object left, object right)
    {
        RequireNonZero(right, "integer modulo by zero");
        return Combine(
            left,
            right,
            static (x, y) =>
            {
                var rest = x % y;
                return !rest.IsZero && (rest.Sign < 0) != (y.Sign < 0) ? rest + y : rest;
            },
            static (x, y) =>
            {
                var rest = x % y;
                return rest != 0 && (rest < 0) != (y < 0) ? rest + y : rest;
            },
            static (x, y) => x % y
        );
    }

    public static object Power(object left, object right)
    {
        if (!IsInteger(left) || !IsInteger(right) || Big(right).Sign < 0)
        {
            return Math.Pow(Real(left), Real(right));
        }

        var exponent = Big(right);
        if (exponent > 10_000 || (Big(left).GetBitLength() * (long)exponent) > MostBits)
        {
            throw JinjaFault.Limit("a power is too large");
        }

        return Normal(BigInteger.Pow(Big(left), (int)exponent));
    }

    public static object Negate(object value) =>
        value switch
        {
            double number => -number,
            decimal number => -number,
            _ => Normal(-Big(value)),
        };

    private static bool UsesDecimal(object left, object right) =>
        (left is decimal || right is decimal) && left is not double && right is not double;

    private static decimal Exact(object value) =>
        value switch
        {
            decimal number => number,
            double number => (decimal)number,
            _ => (decimal)Big(value),
        };

    private static object Combine(
        object left,
        object right,
        Func<BigInteger, BigInteger, BigInteger> integers,
        Func<double, double, double> reals,
        Func<decimal, decimal, decimal> decimals
    )
    {
        if (IsInteger(left) && IsInteger(right))
        {
            return Normal(integers(Big(left), Big(right)));
        }

        return UsesDecimal(left, right) ? decimals(Exact(left), Exact(right)) : reals(Real(left), Real(right));
    }

    private static void RequireNonZero(object divisor, string message)
    {
        if (Real(divisor) == 0)
        {
            throw JinjaFault.Value(message);
        }
    }

    /// <summary>Python's <c>repr</c> of a float: the shortest digits that read back, in exponent form from 1e16 on and under 1e-4.</summary>
    public static string Repr(double value)
    {
        if (double.IsNaN(value))
        {
            return "nan";
        }

        if (double.IsInfinity(value))
        {
            return value > 0 ? "inf" : "-inf";
        }

        // The engine's shortest round-trip form has the digits; where the point goes is decided as Python does.
        var parts = Math.Abs(value).ToString("R", CultureInfo.InvariantCulture).Split('E');
        var point = parts[0].IndexOf('.', StringComparison.Ordinal) is >= 0 and var at ? at : parts[0].Length;
        var all = parts[0].Replace(".", "", StringComparison.Ordinal);
        var digits = all.TrimStart('0');
        point += parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0;
        point -= all.Length - digits.Length;
        digits = digits.TrimEnd('0');
        var sign = double.IsNegative(value) ? "-" : "";
        return digits.Length == 0 ? sign + "0.0" : sign + Place(digits, point);
    }

    /// <summary>Digits with the point after the first <paramref name="point"/> of them.</summary>
    private static string Place(string digits, int point)
    {
        if (point is < -3 or > 16)
        {
            var mantissa = digits.Length > 1 ? $"{digits[0]}.{digits[1..]}" : digits;
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{mantissa}e{(point <= 0 ? '-' : '+')}{Math.Abs(point - 1):00}"
            );
        }

        return point <= 0 ? "0." + new string('0', -point) + digits
            : point >= digits.Length ? digits.PadRight(point, '0') + ".0"
            : $"{digits[..point]}.{digits[point..]}";
    }
}

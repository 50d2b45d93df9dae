namespace Headwater.Warehouse.Postgres;

/// <summary>Decimals given as their digits without the point.</summary>
internal static class Decimals
{
    /// <summary>The same number at another scale; digits that fall away are rounded, half away from zero.</summary>
    /// <exception cref="OverflowException">It does not fit 128 bits.</exception>
    public static Int128 Rescale(Int128 unscaled, int from, int to)
    {
        for (; from < to; from++)
        {
            unscaled = checked(unscaled * 10);
        }

        if (from == to)
        {
            return unscaled;
        }

        Int128 divisor = 1;
        for (; from > to; from--)
        {
            divisor *= 10;
        }

        var (quotient, rest) = Int128.DivRem(unscaled, divisor);
        return Int128.Abs(rest) * 2 >= divisor ? quotient + Int128.Sign(unscaled) : quotient;
    }
}

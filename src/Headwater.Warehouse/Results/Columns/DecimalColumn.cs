using System.Globalization;

namespace Headwater.Warehouse.Results.Columns;

/// <summary>Decimals as their digits without the point: up to 18 digits as <see cref="long"/>, more as <see cref="Int128"/>.</summary>
public sealed class DecimalColumn : Column
{
    private readonly long[]? _narrow;
    private readonly Int128[]? _wide;

    public DecimalColumn(ColumnType type, long[] unscaled, ulong[]? validity = null)
        : base(type, unscaled.Length, validity) => _narrow = unscaled;

    public DecimalColumn(ColumnType type, Int128[] unscaled, ulong[]? validity = null)
        : base(type, unscaled.Length, validity) => _wide = unscaled;

    /// <summary>The values times 10 to the power of the scale, where they are held as <see cref="long"/>; else empty.</summary>
    public ReadOnlySpan<long> Narrow => _narrow;

    /// <summary>The values times 10 to the power of the scale, where they are held as <see cref="Int128"/>; else empty.</summary>
    public ReadOnlySpan<Int128> Wide => _wide;

    public bool IsNarrow => _narrow is not null;

    /// <summary>The value times 10 to the power of the scale.</summary>
    public Int128 Unscaled(int row) => _narrow is null ? _wide![row] : _narrow[row];

    /// <summary>A <see cref="decimal"/> where it fits (28 digits), else the digits as text.</summary>
    protected override object ValueCore(int row)
    {
        var unscaled = Unscaled(row);
        var size = Int128.Abs(unscaled);
        if (size <= (Int128)decimal.MaxValue && Type.Scale <= 28)
        {
            var bits = (UInt128)size;
            return new decimal(
                unchecked((int)(uint)(bits & uint.MaxValue)),
                unchecked((int)(uint)((bits >> 32) & uint.MaxValue)),
                unchecked((int)(uint)((bits >> 64) & uint.MaxValue)),
                unscaled < 0,
                (byte)Type.Scale
            );
        }

        var digits = size.ToString(CultureInfo.InvariantCulture).PadLeft(Type.Scale + 1, '0');
        var text = Type.Scale == 0 ? digits : $"{digits[..^Type.Scale]}.{digits[^Type.Scale..]}";
        return unscaled < 0 ? "-" + text : text;
    }
}

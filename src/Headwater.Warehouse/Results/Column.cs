namespace Headwater.Warehouse.Results;

/// <summary>
/// The values of one column of one batch, held in arrays without boxing. Immutable once built, so safe for several threads.
/// A cleared bit in <see cref="Validity"/> is a null; the value at such a place is unspecified.
/// </summary>
public abstract class Column(ColumnType type, int length, ulong[]? validity)
{
    public ColumnType Type { get; } = type;

    /// <summary>Number of rows.</summary>
    public int Length { get; } = length;

    /// <summary>One bit a row, least significant first; an empty span means that no value is null.</summary>
    public ReadOnlySpan<ulong> Validity => validity;

    public bool IsNull(int row) => validity is not null && (validity[row >> 6] & (1UL << (row & 63))) == 0;

    /// <summary>
    /// The value as a .NET object, or null: for tiles, tests and logs, never for hot paths. Decimals are <see cref="decimal"/>
    /// where they fit, dates <see cref="DateOnly"/>, timestamps <see cref="DateTime"/> (UTC kind for zoned ones), text <see cref="string"/>.
    /// </summary>
    public object? Value(int row) => IsNull(row) ? null : ValueCore(row);

    protected abstract object? ValueCore(int row);
}

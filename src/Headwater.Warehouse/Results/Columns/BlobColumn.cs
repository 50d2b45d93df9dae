namespace Headwater.Warehouse.Results.Columns;

/// <summary>Byte strings, one after the other.</summary>
/// <param name="type">Of kind <see cref="TypeKind.Blob"/>.</param>
/// <param name="bytes">All values.</param>
/// <param name="offsets">Where each value starts, and at last where the last ends: one more than rows.</param>
/// <param name="validity">See <see cref="Column.Validity"/>.</param>
public sealed class BlobColumn(ColumnType type, byte[] bytes, int[] offsets, ulong[]? validity = null)
    : Column(type, offsets.Length - 1, validity)
{
    public ReadOnlySpan<byte> Bytes => bytes;

    /// <summary>Starts of the values in <see cref="Bytes"/>, one more than rows.</summary>
    public ReadOnlySpan<int> Offsets => offsets;

    public ReadOnlySpan<byte> Blob(int row) => bytes.AsSpan(offsets[row], offsets[row + 1] - offsets[row]);

    protected override object ValueCore(int row) => Blob(row).ToArray();
}

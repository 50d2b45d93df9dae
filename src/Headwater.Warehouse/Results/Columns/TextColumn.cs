using System.Text;

namespace Headwater.Warehouse.Results.Columns;

/// <summary>Texts as UTF-8, one after the other. Bit strings are texts of the digits 0 and 1.</summary>
/// <param name="type">Of kind <see cref="TypeKind.Text"/> or <see cref="TypeKind.Bit"/>.</param>
/// <param name="bytes">All texts.</param>
/// <param name="offsets">Where each text starts, and at last where the last ends: one more than rows.</param>
/// <param name="validity">See <see cref="Column.Validity"/>.</param>
public sealed class TextColumn(ColumnType type, byte[] bytes, int[] offsets, ulong[]? validity = null)
    : Column(type, offsets.Length - 1, validity)
{
    public ReadOnlySpan<byte> Bytes => bytes;

    /// <summary>Starts of the texts in <see cref="Bytes"/>, one more than rows.</summary>
    public ReadOnlySpan<int> Offsets => offsets;

    public ReadOnlySpan<byte> Utf8(int row) => bytes.AsSpan(offsets[row], offsets[row + 1] - offsets[row]);

    protected override object ValueCore(int row) => Encoding.UTF8.GetString(Utf8(row));
}

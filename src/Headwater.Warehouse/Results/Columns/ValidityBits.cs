namespace Headwater.Warehouse.Results.Columns;

/// <summary>Runs of validity bits (see <see cref="Column.Validity"/>).</summary>
internal static class ValidityBits
{
    private const int WordBits = 64;

    public static int Words(int rows) => (rows + WordBits - 1) / WordBits;

    /// <summary>The bits of some rows, shifted to start at bit 0; empty stays empty.</summary>
    public static ReadOnlySpan<ulong> Slice(ReadOnlySpan<ulong> bits, int start, int count)
    {
        if (bits.IsEmpty)
        {
            return [];
        }

        var shift = start % WordBits;
        var first = start / WordBits;
        var words = Words(count);
        if (shift == 0)
        {
            return bits.Slice(first, words);
        }

        var slice = new ulong[words];
        for (var word = 0; word < words; word++)
        {
            slice[word] = bits[first + word] >> shift;
            if (first + word + 1 < bits.Length)
            {
                slice[word] |= bits[first + word + 1] << (WordBits - shift);
            }
        }

        return slice;
    }
}

using Headwater.Warehouse.Results.Columns;

namespace Headwater.Warehouse.Results.Building;

/// <summary>Validity bits as rows come; nothing is kept as long as no row is null. For one thread.</summary>
internal sealed class ValidityBuilder
{
    private ulong[]? _bits;

    public int Count { get; private set; }

    public void Add(bool isValid)
    {
        if (!isValid)
        {
            Ensure(Count + 1);
            _bits![Count >> 6] &= ~(1UL << (Count & 63));
        }
        else if (_bits is not null)
        {
            Ensure(Count + 1);
        }

        Count++;
    }

    public ulong[]? Build() => _bits?[..ValidityBits.Words(Count)];

    private void Ensure(int rows)
    {
        var words = ValidityBits.Words(rows);
        var had = _bits?.Length ?? 0;
        if (words > had)
        {
            Array.Resize(ref _bits, Math.Max(words, had * 2));
            _bits.AsSpan(had).Fill(ulong.MaxValue);
        }
    }
}

using Headwater.Warehouse.Results;
using Headwater.Warehouse.Results.Building;

namespace Headwater.Warehouse.Postgres.Reading;

/// <summary>Bit strings, as digits. The binary form is their number, then the bits from the highest of the first byte.</summary>
internal sealed class BitReader : ValueReader
{
    private const int HeaderBytes = 4;

    private TextColumnBuilder _texts = new();

    public override ColumnType Type { get; } = new(TypeKind.Bit);

    public override void Add(ReadOnlySpan<byte> value)
    {
        var digits = new byte[BinaryForms.Int32(value)];
        for (var index = 0; index < digits.Length; index++)
        {
            var bit = value[HeaderBytes + (index / 8)] >> (7 - (index % 8));
            digits[index] = (byte)('0' + (bit & 1));
        }

        _texts.Add(digits);
    }

    public override void AddNull() => _texts.AddNull();

    public override Column Build()
    {
        var column = _texts.Build(TypeKind.Bit);
        _texts = new TextColumnBuilder();
        return column;
    }
}

using System.Buffers;
using Headwater.Warehouse.Results;
using Headwater.Warehouse.Results.Building;
using Headwater.Warehouse.Results.Columns;

namespace Headwater.Warehouse.Postgres.Reading;

/// <summary>Byte strings.</summary>
internal sealed class BlobReader(ColumnType type) : ValueReader
{
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private readonly List<int> _offsets = [0];
    private ValidityBuilder _validity = new();

    public override ColumnType Type => type;

    public override void Add(ReadOnlySpan<byte> value)
    {
        _bytes.Write(value);
        End(isValid: true);
    }

    public override void AddNull() => End(isValid: false);

    public override Column Build()
    {
        var column = new BlobColumn(type, _bytes.WrittenSpan.ToArray(), [.. _offsets], _validity.Build());
        _bytes.Clear();
        _offsets.RemoveRange(1, _offsets.Count - 1);
        _validity = new ValidityBuilder();
        return column;
    }

    private void End(bool isValid)
    {
        _offsets.Add(_bytes.WrittenCount);
        _validity.Add(isValid);
    }
}

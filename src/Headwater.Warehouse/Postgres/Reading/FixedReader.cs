using Headwater.Warehouse.Results;
using Headwater.Warehouse.Results.Building;

namespace Headwater.Warehouse.Postgres.Reading;

internal delegate T FromBinary<out T>(ReadOnlySpan<byte> value);

/// <summary>Values of one size.</summary>
internal sealed class FixedReader<T>(ColumnType type, FromBinary<T> convert) : ValueReader
    where T : unmanaged
{
    private FixedColumnBuilder<T> _values = new(type);

    public override ColumnType Type => type;

    public override void Add(ReadOnlySpan<byte> value) => _values.Add(convert(value));

    public override void AddNull() => _values.AddNull();

    public override Column Build()
    {
        var column = _values.Build();
        _values = new FixedColumnBuilder<T>(type);
        return column;
    }
}

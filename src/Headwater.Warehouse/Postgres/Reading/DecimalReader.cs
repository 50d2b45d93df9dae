using Headwater.Warehouse.Results;
using Headwater.Warehouse.Results.Building;
using Headwater.Warehouse.Results.Columns;

namespace Headwater.Warehouse.Postgres.Reading;

/// <summary>Numerics whose column states precision and scale.</summary>
internal sealed class DecimalReader(ColumnType type) : ValueReader
{
    private const int NarrowDigits = 18;

    private readonly bool _isNarrow = type.Precision <= NarrowDigits;
    private readonly List<long> _narrow = [];
    private readonly List<Int128> _wide = [];
    private ValidityBuilder _validity = new();

    public override ColumnType Type => type;

    public override void Add(ReadOnlySpan<byte> value)
    {
        Put(PostgresNumerics.Read(value, type.Scale));
        _validity.Add(isValid: true);
    }

    public override void AddNull()
    {
        Put(0);
        _validity.Add(isValid: false);
    }

    public override Column Build()
    {
        var validity = _validity.Build();
        var column = _isNarrow
            ? new DecimalColumn(type, _narrow.ToArray(), validity)
            : new DecimalColumn(type, _wide.ToArray(), validity);
        _narrow.Clear();
        _wide.Clear();
        _validity = new ValidityBuilder();
        return column;
    }

    private void Put(Int128 value)
    {
        if (_isNarrow)
        {
            _narrow.Add((long)value);
        }
        else
        {
            _wide.Add(value);
        }
    }
}

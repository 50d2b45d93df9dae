using Headwater.Warehouse.Results;
using Headwater.Warehouse.Results.Building;
using Headwater.Warehouse.Results.Columns;

namespace Headwater.Warehouse.Postgres.Reading;

/// <summary>
/// Numerics without a stated scale, as sums and averages are: each value has its own. The first batch decides for all: its largest scale,
/// as far as 38 digits reach. Where the result goes on behind it, there are at least ten digits after the point; what has more is rounded.
/// </summary>
internal sealed class OpenDecimalReader : ValueReader
{
    private const int LongResultScale = 10;

    private readonly List<Int128> _values = [];
    private readonly List<byte> _scales = [];
    private ValidityBuilder _validity = new();
    private ColumnType? _type;
    private int _whole;
    private int _scale;

    public override ColumnType Type =>
        _type ?? throw new InvalidOperationException("The type of the column is known after the first batch.");

    public override void Add(ReadOnlySpan<byte> value)
    {
        if (_type is not null)
        {
            _values.Add(PostgresNumerics.Read(value, _type.Scale));
        }
        else
        {
            var (whole, stated) = PostgresNumerics.Size(value);
            var scale = Math.Min(stated, Math.Max(0, PostgresTypes.MaxDigits - whole));
            _values.Add(PostgresNumerics.Read(value, scale));
            _scales.Add((byte)scale);
            _whole = Math.Max(_whole, whole);
            _scale = Math.Max(_scale, scale);
        }

        _validity.Add(isValid: true);
    }

    public override void AddNull()
    {
        _values.Add(0);
        if (_type is null)
        {
            _scales.Add(0);
        }

        _validity.Add(isValid: false);
    }

    public override bool IsOpen => true;

    public override void Decide(bool isWhole)
    {
        if (_type is null)
        {
            var wished = isWhole ? _scale : Math.Max(_scale, LongResultScale);
            _type = ColumnType.DecimalOf(PostgresTypes.MaxDigits, Math.Min(wished, PostgresTypes.MaxDigits - _whole));
            for (var row = 0; row < _values.Count; row++)
            {
                _values[row] = Decimals.Rescale(_values[row], _scales[row], _type.Scale);
            }
        }
    }

    public override Column Build()
    {
        var column = new DecimalColumn(Type, _values.ToArray(), _validity.Build());
        _values.Clear();
        _validity = new ValidityBuilder();
        return column;
    }
}

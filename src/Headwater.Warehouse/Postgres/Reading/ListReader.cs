using Headwater.Warehouse.Port;
using Headwater.Warehouse.Results;
using Headwater.Warehouse.Results.Building;
using Headwater.Warehouse.Results.Columns;

namespace Headwater.Warehouse.Postgres.Reading;

/// <summary>
/// Arrays of one dimension (PostgreSQL source, <c>src/backend/utils/adt/arrayfuncs.c</c>, <c>array_send</c>). An array type does not say how many
/// dimensions its values have; more than one has no place in a column.
/// </summary>
internal sealed class ListReader(ValueReader elements) : ValueReader
{
    private const int HeaderBytes = 12;
    private const int DimensionBytes = 8;

    private readonly List<int> _starts = [];
    private readonly List<int> _counts = [];
    private ValidityBuilder _validity = new();
    private int _elements;

    public override ColumnType Type => new(TypeKind.List) { Fields = [new ColumnField("element", elements.Type)] };

    public override bool IsOpen => elements.IsOpen;

    public override void Decide(bool isWhole) => elements.Decide(isWhole);

    public override void Add(ReadOnlySpan<byte> value)
    {
        var dimensions = BinaryForms.Int32(value);
        if (dimensions > 1)
        {
            throw new WarehouseException(
                WarehouseFailure.Data,
                $"An array has {dimensions} dimensions: cast it to text, or take to_jsonb of it."
            );
        }

        var count = dimensions == 0 ? 0 : BinaryForms.Int32(value[HeaderBytes..]);
        End(count, isValid: true);
        var rest = count == 0 ? [] : value[(HeaderBytes + DimensionBytes)..];
        for (var index = 0; index < count; index++)
        {
            var length = BinaryForms.Int32(rest);
            rest = rest[4..];
            if (length < 0)
            {
                elements.AddNull();
            }
            else
            {
                elements.Add(rest[..length]);
                rest = rest[length..];
            }
        }
    }

    public override void AddNull() => End(0, isValid: false);

    public override Column Build()
    {
        var values = elements.Build();
        var column = new ListColumn(Type, [.. _starts], [.. _counts], values, _validity.Build());
        _starts.Clear();
        _counts.Clear();
        _elements = 0;
        _validity = new ValidityBuilder();
        return column;
    }

    private void End(int count, bool isValid)
    {
        _starts.Add(_elements);
        _counts.Add(count);
        _elements += count;
        _validity.Add(isValid);
    }
}

using Headwater.Warehouse.Results.Columns;

namespace Headwater.Warehouse.Results.Building;

/// <summary>Collects values of one size, without boxing, for a <see cref="FixedColumn{T}"/>. For one thread.</summary>
/// <param name="type">A type whose values are held as <typeparamref name="T"/>.</param>
public sealed class FixedColumnBuilder<T>(ColumnType type)
    where T : unmanaged
{
    private readonly ValidityBuilder _validity = new();
    private readonly List<T> _values = [];

    public int Count => _values.Count;

    public void Add(T value)
    {
        _values.Add(value);
        _validity.Add(isValid: true);
    }

    public void AddNull()
    {
        _values.Add(default);
        _validity.Add(isValid: false);
    }

    public FixedColumn<T> Build() => new(type, [.. _values], _validity.Build());
}

using System.Globalization;
using System.Numerics;
using Headwater.Jinja.Functions;
using Headwater.Jinja.Values;
using Headwater.Warehouse.Results;

namespace Headwater.Modeling.Rendering;

/// <summary>The rows that <c>run_query()</c> gives, with the members of an agate table that templates use.</summary>
internal sealed class QueryResultObject : IJinjaObject, IJinjaIterable, IJinjaSized, IJinjaTruth
{
    private readonly IReadOnlyList<string> _names;
    private readonly List<ResultRow> _rows = [];

    public QueryResultObject(ResultTable table)
    {
        _names = [.. table.Columns.Select(column => column.Name)];
        foreach (var batch in table.Batches)
        {
            for (var row = 0; row < batch.RowCount; row++)
            {
                _rows.Add(new ResultRow(_names, [.. batch.Columns.Select(column => TemplateValue(column.Value(row)))]));
            }
        }
    }

    internal QueryResultObject(IReadOnlyList<string> names, IEnumerable<ResultRow> rows)
    {
        _names = names;
        _rows.AddRange(rows);
    }

    public static QueryResultObject Empty { get; } = new([], []);

    public IReadOnlyList<string> Names => _names;

    public IReadOnlyList<ResultRow> Rows => _rows;

    public int Count => _rows.Count;

    // A table is true however many rows it has, so that {% if results %} only asks whether a query ran.
    public bool IsTrue => true;

    public IEnumerable<object?> Iterate() => _rows;

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "rows" => new JinjaList(_rows),
            "columns" => new ResultColumns(_names, _rows),
            "column_names" => new JinjaTuple([.. _names]),
            _ => ResultTableMethods.Find(name, this),
        };
        return value is not null;
    }

    /// <summary>A value of the engine as a template value.</summary>
    internal static object? TemplateValue(object? value) =>
        value switch
        {
            null or string or bool or long or double or decimal or DateTime or DateOnly or TimeOnly or TimeSpan =>
                value,
            sbyte or short or int or byte or ushort or uint => Convert.ToInt64(value, CultureInfo.InvariantCulture),
            ulong number => number <= long.MaxValue ? (long)number : (object)new BigInteger(number),
            Int128 number => number >= long.MinValue && number <= long.MaxValue
                ? (long)number
                : (object)(BigInteger)number,
            float number => (double)number,
            DateTimeOffset instant => instant.UtcDateTime,
            _ => Convert.ToString(value, CultureInfo.InvariantCulture),
        };
}

/// <summary>One row: by place, by column name, as a sequence.</summary>
internal sealed class ResultRow(IReadOnlyList<string> names, IReadOnlyList<object?> values)
    : IJinjaObject,
        IJinjaIndexed,
        IJinjaIterable,
        IJinjaSized
{
    public IReadOnlyList<object?> Values => values;

    public int Count => values.Count;

    public IEnumerable<object?> Iterate() => values;

    public bool TryGetItem(object? key, out object? value)
    {
        var place = key switch
        {
            long index => index < 0 ? index + values.Count : index,
            string name => Place(name),
            _ => -1,
        };
        value = place >= 0 && place < values.Count ? values[(int)place] : null;
        return place >= 0 && place < values.Count;
    }

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "values" => new NativeFunction(name, ParameterList.None, _ => new JinjaTuple(values)),
            "keys" => new NativeFunction(name, ParameterList.None, _ => new JinjaTuple([.. names])),
            "dict" => new NativeFunction(name, ParameterList.None, _ => AsDict()),
            "items" => new NativeFunction(
                name,
                ParameterList.None,
                _ => new JinjaList(names.Zip(values, (key, item) => (object?)JinjaTuple.Of(key, item)))
            ),
            "get" => new NativeFunction(
                name,
                ParameterList.Of("key", "default?"),
                call => TryGetItem(call.Value(0), out var item) ? item : call.Value(1)
            ),
            _ => null,
        };
        return value is not null;
    }

    public override string ToString() => $"<Row ({string.Join(", ", values.Select(Text.Repr))})>";

    private JinjaDict AsDict() => new(names.Zip(values, KeyValuePair.Create));

    private int Place(string name)
    {
        for (var index = 0; index < names.Count; index++)
        {
            if (string.Equals(names[index], name, StringComparison.OrdinalIgnoreCase))
            {
                return index;
            }
        }

        return -1;
    }
}

/// <summary>The columns of a result: by place or name; each a sequence of its values.</summary>
internal sealed class ResultColumns(IReadOnlyList<string> names, IReadOnlyList<ResultRow> rows)
    : IJinjaObject,
        IJinjaIndexed,
        IJinjaIterable,
        IJinjaSized
{
    public int Count => names.Count;

    public IEnumerable<object?> Iterate() => names.Select((_, index) => (object?)Column(index));

    public bool TryGetItem(object? key, out object? value)
    {
        var place = key switch
        {
            long index => (int)(index < 0 ? index + names.Count : index),
            string name => names
                .ToList()
                .FindIndex(other => string.Equals(other, name, StringComparison.OrdinalIgnoreCase)),
            _ => -1,
        };
        value = place >= 0 && place < names.Count ? Column(place) : null;
        return value is not null;
    }

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "keys" => new NativeFunction(name, ParameterList.None, _ => new JinjaTuple([.. names])),
            "values" => new NativeFunction(name, ParameterList.None, _ => new JinjaTuple([.. Iterate()])),
            "items" => new NativeFunction(
                name,
                ParameterList.None,
                _ => new JinjaList(names.Select((key, index) => (object?)JinjaTuple.Of(key, Column(index))))
            ),
            "get" => new NativeFunction(
                name,
                ParameterList.Of("key", "default?"),
                call => TryGetItem(call.Value(0), out var found) ? found : call.Value(1)
            ),
            "dict" => new NativeFunction(
                name,
                ParameterList.None,
                _ => new JinjaDict(names.Select((key, index) => KeyValuePair.Create(key, (object?)Column(index))))
            ),
            _ => null,
        };
        return value is not null;
    }

    private ResultValues Column(int index) =>
        new(names[index], [.. rows.Select(row => row.TryGetItem((long)index, out var value) ? value : null)]);
}

/// <summary>One column's values.</summary>
internal sealed class ResultValues(string columnName, IReadOnlyList<object?> values)
    : IJinjaObject,
        IJinjaIndexed,
        IJinjaIterable,
        IJinjaSized
{
    public int Count => values.Count;

    public IEnumerable<object?> Iterate() => values;

    public bool TryGetItem(object? key, out object? value)
    {
        value = null;
        if (key is not long index)
        {
            return false;
        }

        index = index < 0 ? index + values.Count : index;
        if (index < 0 || index >= values.Count)
        {
            return false;
        }

        value = values[(int)index];
        return true;
    }

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "name" => columnName,
            "values" => new NativeFunction(name, ParameterList.None, _ => new JinjaTuple(values)),
            "values_distinct" => new NativeFunction(
                name,
                ParameterList.None,
                _ => new JinjaTuple([.. new JinjaSet(values).Items])
            ),
            "values_without_nulls" => new NativeFunction(
                name,
                ParameterList.None,
                _ => new JinjaTuple([.. values.Where(value => value is not null)])
            ),
            "values_sorted" => new NativeFunction(
                name,
                ParameterList.None,
                _ => new JinjaTuple([.. values.Order(ResultTableMethods.NullsLast)])
            ),
            _ => null,
        };
        return value is not null;
    }
}

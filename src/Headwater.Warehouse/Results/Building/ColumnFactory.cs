using System.Collections;
using System.Globalization;
using Headwater.Warehouse.Results.Columns;

namespace Headwater.Warehouse.Results.Building;

/// <summary>Columns from .NET values, as <see cref="Column.Value"/> gives them: for tests and small tables, since every value is boxed.</summary>
public static class ColumnFactory
{
    /// <summary>A column of a type from its values.</summary>
    /// <exception cref="InvalidCastException">A value is not of the class that the type has.</exception>
    public static Column Of(ColumnType type, IReadOnlyList<object?> values) =>
        type.Kind switch
        {
            TypeKind.Null => new NullColumn(values.Count),
            TypeKind.Boolean => Fixed(type, values, value => (bool)value ? (byte)1 : (byte)0),
            TypeKind.Int8 => Fixed(type, values, value => Convert.ToSByte(value, CultureInfo.InvariantCulture)),
            TypeKind.Int16 => Fixed(type, values, value => Convert.ToInt16(value, CultureInfo.InvariantCulture)),
            TypeKind.Int32 => Fixed(type, values, value => Convert.ToInt32(value, CultureInfo.InvariantCulture)),
            TypeKind.Int64 => Fixed(type, values, value => Convert.ToInt64(value, CultureInfo.InvariantCulture)),
            TypeKind.UInt8 => Fixed(type, values, value => Convert.ToByte(value, CultureInfo.InvariantCulture)),
            TypeKind.UInt16 => Fixed(type, values, value => Convert.ToUInt16(value, CultureInfo.InvariantCulture)),
            TypeKind.UInt32 => Fixed(type, values, value => Convert.ToUInt32(value, CultureInfo.InvariantCulture)),
            TypeKind.UInt64 => Fixed(type, values, value => Convert.ToUInt64(value, CultureInfo.InvariantCulture)),
            TypeKind.Int128 => Fixed(
                type,
                values,
                value => value is Int128 wide ? wide : Convert.ToInt64(value, CultureInfo.InvariantCulture)
            ),
            TypeKind.UInt128 => Fixed(
                type,
                values,
                value => value is UInt128 wide ? wide : Convert.ToUInt64(value, CultureInfo.InvariantCulture)
            ),
            TypeKind.Float32 => Fixed(type, values, value => Convert.ToSingle(value, CultureInfo.InvariantCulture)),
            TypeKind.Float64 => Fixed(type, values, value => Convert.ToDouble(value, CultureInfo.InvariantCulture)),
            TypeKind.Uuid => Fixed(type, values, value => (Guid)value),
            TypeKind.Date => Fixed(type, values, value => Instants.DaysOf((DateOnly)value)),
            TypeKind.Time => Fixed(type, values, value => Instants.MicrosOf((TimeOnly)value)),
            TypeKind.Timestamp or TypeKind.TimestampTz => Fixed(
                type,
                values,
                value => Instants.MicrosOf((DateTime)value)
            ),
            TypeKind.TimeTz => Fixed(type, values, value => (OffsetTime)value),
            TypeKind.Interval => Fixed(type, values, value => (Interval)value),
            TypeKind.Decimal => Decimal(type, values),
            TypeKind.Text or TypeKind.Bit => Text(type.Kind, values),
            TypeKind.Blob => Blob(type, values),
            TypeKind.Enum => new EnumColumn(
                type,
                [.. values.Select(value => value is null ? 0 : type.Labels.ToList().IndexOf((string)value))],
                Validity(values)
            ),
            TypeKind.List => List(type, values),
            TypeKind.Struct => Struct(type, values),
            TypeKind.Map => Map(type, values),
            _ => throw new ArgumentOutOfRangeException(nameof(type), type.Kind, "A kind without a column."),
        };

    private static FixedColumn<T> Fixed<T>(ColumnType type, IReadOnlyList<object?> values, Func<object, T> convert)
        where T : unmanaged =>
        new(type, [.. values.Select(value => value is null ? default : convert(value))], Validity(values));

    private static ulong[]? Validity(IReadOnlyList<object?> values)
    {
        var validity = new ValidityBuilder();
        foreach (var value in values)
        {
            validity.Add(value is not null);
        }

        return validity.Build();
    }

    private static DecimalColumn Decimal(ColumnType type, IReadOnlyList<object?> values)
    {
        const int narrowDigits = 18;
        var unscaled = values.Select(value => value is null ? 0 : Unscaled((decimal)value, type.Scale));
        return type.Precision <= narrowDigits
            ? new DecimalColumn(type, unscaled.Select(value => (long)value).ToArray(), Validity(values))
            : new DecimalColumn(type, unscaled.ToArray(), Validity(values));
    }

    private static Int128 Unscaled(decimal value, int scale)
    {
        var unscaled = (Int128)decimal.Truncate(value);
        var fraction = value - decimal.Truncate(value);
        for (var digit = 0; digit < scale; digit++)
        {
            fraction *= 10;
            unscaled = (unscaled * 10) + (Int128)decimal.Truncate(fraction);
            fraction -= decimal.Truncate(fraction);
        }

        return unscaled;
    }

    private static TextColumn Text(TypeKind kind, IReadOnlyList<object?> values)
    {
        var texts = new TextColumnBuilder();
        foreach (var value in values)
        {
            if (value is null)
            {
                texts.AddNull();
            }
            else
            {
                texts.Add((string)value);
            }
        }

        return texts.Build(kind);
    }

    private static BlobColumn Blob(ColumnType type, IReadOnlyList<object?> values)
    {
        var bytes = new List<byte>();
        var offsets = new List<int> { 0 };
        foreach (var value in values)
        {
            bytes.AddRange((byte[]?)value ?? []);
            offsets.Add(bytes.Count);
        }

        return new BlobColumn(type, [.. bytes], [.. offsets], Validity(values));
    }

    private static ListColumn List(ColumnType type, IReadOnlyList<object?> values)
    {
        List<object?>[] lists =
        [
            .. values.Select(value => ((IEnumerable?)value ?? Array.Empty<object>()).Cast<object?>().ToList()),
        ];
        var (starts, counts) = Runs(lists.Select(list => list.Count));
        var elements = Of(type.Fields[0].Type, [.. lists.SelectMany(list => list)]);
        return new ListColumn(type, starts, counts, elements, Validity(values));
    }

    private static StructColumn Struct(ColumnType type, IReadOnlyList<object?> values)
    {
        var members = type.Fields.Select(field =>
            Of(
                field.Type,
                [
                    .. values.Select(value =>
                        ((IReadOnlyDictionary<string, object?>?)value)?.GetValueOrDefault(field.Name)
                    ),
                ]
            )
        );
        return new StructColumn(type, [.. members], values.Count, Validity(values));
    }

    private static MapColumn Map(ColumnType type, IReadOnlyList<object?> values)
    {
        KeyValuePair<object, object?>[][] maps =
        [
            .. values.Select(value => ((IEnumerable<KeyValuePair<object, object?>>?)value ?? []).ToArray()),
        ];
        var (starts, counts) = Runs(maps.Select(map => map.Length));
        return new MapColumn(
            type,
            starts,
            counts,
            Of(type.Fields[0].Type, [.. maps.SelectMany(map => map.Select(pair => (object?)pair.Key))]),
            Of(type.Fields[1].Type, [.. maps.SelectMany(map => map.Select(pair => pair.Value))]),
            Validity(values)
        );
    }

    private static (int[] Starts, int[] Counts) Runs(IEnumerable<int> lengths)
    {
        int[] counts = [.. lengths];
        var starts = new int[counts.Length];
        for (var row = 1; row < starts.Length; row++)
        {
            starts[row] = starts[row - 1] + counts[row - 1];
        }

        return (starts, counts);
    }
}

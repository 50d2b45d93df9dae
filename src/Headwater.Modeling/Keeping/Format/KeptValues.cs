using System.Globalization;
using System.Numerics;
using Headwater.Jinja.Values;

namespace Headwater.Modeling.Keeping.Format;

/// <summary>The form of template values.</summary>
internal static class KeptValues
{
    // Deeper than YAML may be; what is deeper was made to be.
    private const int MaxDepth = 100;

    private enum Kind
    {
        None,
        False,
        True,
        Whole,
        Large,
        Real,
        Exact,
        Text,
        List,
        Tuple,
        Dict,
        Set,
        Moment,
        Day,
        Undefined,
    }

    /// <exception cref="NotKeepableException">The value is of no kind that files and templates write down.</exception>
    public static void WriteValue(this KeptWriter writer, object? value) => Write(writer, value, 0);

    public static void WriteDict(this KeptWriter writer, JinjaDict dict) => Write(writer, dict, 0);

    /// <exception cref="InvalidDataException">The bytes hold no value.</exception>
    public static object? ReadValue(this KeptReader reader) => Read(reader, 0);

    public static JinjaDict ReadDict(this KeptReader reader) =>
        Read(reader, 0) as JinjaDict ?? throw KeptReader.Damaged();

    private static void Write(KeptWriter writer, object? value, int depth)
    {
        if (depth > MaxDepth)
        {
            throw new NotKeepableException("a value is nested too deep");
        }

        switch (value)
        {
            case null:
                Write(writer, Kind.None);
                break;
            case bool flag:
                Write(writer, flag ? Kind.True : Kind.False);
                break;
            case long number:
                Write(writer, Kind.Whole);
                writer.Write(number);
                break;
            case BigInteger number:
                Write(writer, Kind.Large);
                writer.Write(number.ToString(CultureInfo.InvariantCulture));
                break;
            case double number:
                Write(writer, Kind.Real);
                writer.Write(number);
                break;
            case decimal number:
                Write(writer, Kind.Exact);
                writer.Write(number.ToString(CultureInfo.InvariantCulture));
                break;
            case string text:
                Write(writer, Kind.Text);
                writer.Write(text);
                break;
            case JinjaList list:
                Write(writer, Kind.List);
                Items(writer, list.Items, depth);
                break;
            case JinjaTuple tuple:
                Write(writer, Kind.Tuple);
                Items(writer, tuple.Items, depth);
                writer.Write(tuple.Fields is not null);
                writer.Write(tuple.Fields ?? []);
                break;
            case JinjaDict dict:
                Write(writer, Kind.Dict);
                writer.Write((long)dict.Count);
                foreach (var (key, item) in dict.Items)
                {
                    Write(writer, key, depth + 1);
                    Write(writer, item, depth + 1);
                }

                break;
            case JinjaSet set:
                Write(writer, Kind.Set);
                Items(writer, [.. set.Items], depth);
                break;
            case DateTime moment:
                Write(writer, Kind.Moment);
                writer.Write(moment.Ticks);
                writer.Write((long)moment.Kind);
                break;
            case DateOnly day:
                Write(writer, Kind.Day);
                writer.Write((long)day.DayNumber);
                break;
            case JinjaUndefined undefined:
                Write(writer, Kind.Undefined);
                writer.Write(undefined.Message);
                writer.Write((long)undefined.Behavior);
                break;
            default:
                throw new NotKeepableException($"a value is {value.GetType().Name}");
        }
    }

    private static void Write(KeptWriter writer, Kind kind) => writer.Write((long)kind);

    private static void Items(KeptWriter writer, IReadOnlyCollection<object?> items, int depth) =>
        writer.Write(items, (to, item) => Write(to, item, depth + 1));

    private static object? Read(KeptReader reader, int depth)
    {
        if (depth > MaxDepth)
        {
            throw KeptReader.Damaged();
        }

        return reader.ReadKind<Kind>() switch
        {
            Kind.None => null,
            Kind.False => false,
            Kind.True => true,
            Kind.Whole => reader.ReadNumber(),
            Kind.Large => BigInteger.TryParse(reader.ReadText(), CultureInfo.InvariantCulture, out var large)
                ? large
                : throw KeptReader.Damaged(),
            Kind.Real => reader.ReadReal(),
            Kind.Exact => decimal.TryParse(reader.ReadText(), CultureInfo.InvariantCulture, out var exact)
                ? exact
                : throw KeptReader.Damaged(),
            Kind.Text => reader.ReadText(),
            Kind.List => new JinjaList([.. Items(reader, depth)]),
            Kind.Tuple => Tuple(reader, depth),
            Kind.Dict => Dict(reader, depth),
            Kind.Set => Set(reader, depth),
            Kind.Moment => Moment(reader),
            Kind.Day => reader.ReadNumber() is >= 0 and var day && day <= DateOnly.MaxValue.DayNumber
                ? DateOnly.FromDayNumber((int)day)
                : throw KeptReader.Damaged(),
            _ => new JinjaUndefined(reader.ReadText(), reader.ReadKind<UndefinedBehavior>()),
        };
    }

    private static object?[] Items(KeptReader reader, int depth) => reader.ReadList(from => Read(from, depth + 1));

    private static JinjaTuple Tuple(KeptReader reader, int depth)
    {
        var items = Items(reader, depth);
        var isNamed = reader.ReadFlag();
        var fields = reader.ReadTexts();
        return isNamed && fields.Length > items.Length
            ? throw KeptReader.Damaged()
            : new JinjaTuple(items, isNamed ? fields : null);
    }

    private static JinjaDict Dict(KeptReader reader, int depth)
    {
        var dict = new JinjaDict();
        var count = reader.ReadNumber();
        for (var index = 0L; index < count; index++)
        {
            var key = Hashable(Read(reader, depth + 1));
            dict[key] = Read(reader, depth + 1);
        }

        return dict;
    }

    private static JinjaSet Set(KeptReader reader, int depth)
    {
        var set = new JinjaSet();
        foreach (var item in Items(reader, depth))
        {
            set.Add(Hashable(item));
        }

        return set;
    }

    private static object? Hashable(object? key) =>
        key is null or bool or long or double or decimal or BigInteger or string or DateTime or DateOnly
        || (key is JinjaTuple tuple && tuple.Items.All(item => ReferenceEquals(Hashable(item), item)))
            ? key
            : throw KeptReader.Damaged();

    private static DateTime Moment(KeptReader reader)
    {
        var ticks = reader.ReadNumber();
        var kind = reader.ReadKind<DateTimeKind>();
        return ticks >= 0 && ticks <= DateTime.MaxValue.Ticks ? new DateTime(ticks, kind) : throw KeptReader.Damaged();
    }
}

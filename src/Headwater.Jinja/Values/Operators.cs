using System.Numerics;
using System.Text;
using Headwater.Jinja.Evaluation;
using Headwater.Jinja.Formatting;

namespace Headwater.Jinja.Values;

/// <summary>Python's operators over template values.</summary>
public static class Operators
{
    private const int LongestRepetition = 10_000_000;

    public static bool IsTrue(object? value) =>
        value switch
        {
            null => false,
            bool flag => flag,
            string text => text.Length > 0,
            long number => number != 0,
            double number => number != 0,
            decimal number => number != 0,
            BigInteger number => !number.IsZero,
            TimeSpan span => span != TimeSpan.Zero,
            JinjaList list => list.Items.Count > 0,
            JinjaTuple tuple => tuple.Items.Count > 0,
            JinjaDict dict => dict.Count > 0,
            JinjaSet set => set.Count > 0,
            JinjaUndefined { Behavior: UndefinedBehavior.Strict } undefined => throw undefined.Fault(),
            JinjaUndefined => false,
            IJinjaTruth truth => truth.IsTrue,
            IJinjaSized sized => sized.Count > 0,
            _ => true,
        };

    public static object? Add(object? left, object? right) =>
        (left, right) switch
        {
            (string a, string b) => Joined(a, b),
            (JinjaList a, JinjaList b) => new JinjaList(a.Items.Concat(b.Items)),
            (JinjaTuple a, JinjaTuple b) => new JinjaTuple(Allotment.List(a.Items.Concat(b.Items))),
            (DateTime a, TimeSpan b) => a + b,
            (ZonedTime a, TimeSpan b) => a with { Time = a.Time + b },
            (DateOnly a, TimeSpan b) => a.AddDays((int)Durations.Days(b)),
            (TimeSpan, DateTime or ZonedTime or DateOnly) => Add(right, left),
            (TimeSpan a, TimeSpan b) => a + b,
            _ when Both(left, right) => Numbers.Add(left!, right!),
            (string, not JinjaUndefined) => throw JinjaFault.Type(
                $"can only concatenate str (not \"{TypeNames.Of(right)}\") to str"
            ),
            _ => throw Unsupported("+", left, right),
        };

    public static object? Subtract(object? left, object? right) =>
        (left, right) switch
        {
            (JinjaSet a, JinjaSet b) => new JinjaSet(a.Items.Where(item => !b.Contains(item))),
            (DateTime a, DateTime b) => a - b,
            (ZonedTime a, _) when ZonedTime.Of(right) is { } b => a.Time - b.Time,
            (DateTime, ZonedTime b) when ZonedTime.Of(left) is { } a => a.Time - b.Time,
            (ZonedTime a, TimeSpan b) => a with { Time = a.Time - b },
            (DateOnly a, DateOnly b) => TimeSpan.FromDays(a.DayNumber - b.DayNumber),
            (DateTime a, TimeSpan b) => a - b,
            (DateOnly a, TimeSpan b) => a.AddDays((int)-Durations.Days(b)),
            (TimeSpan a, TimeSpan b) => a - b,
            _ when Both(left, right) => Numbers.Subtract(left!, right!),
            _ => throw Unsupported("-", left, right),
        };

    public static object? Multiply(object? left, object? right)
    {
        if (Both(left, right))
        {
            return Numbers.Multiply(left!, right!);
        }

        return (left, right) switch
        {
            (TimeSpan span, _) when Numbers.IsNumber(right) => Durations.Multiply(span, right!),
            (_, TimeSpan span) when Numbers.IsNumber(left) => Durations.Multiply(span, left!),
            (_, string or JinjaList or JinjaTuple) when Numbers.IsInteger(left) => Repeat(right, left!),
            (string or JinjaList or JinjaTuple, _) when Numbers.IsInteger(right) => Repeat(left, right!),
            _ => throw Unsupported("*", left, right),
        };
    }

    public static object? Divide(object? left, object? right) =>
        (left, right) switch
        {
            (TimeSpan a, TimeSpan b) => Durations.Divide(a, b),
            (TimeSpan a, _) when Numbers.IsNumber(right) => Durations.Divide(a, right!),
            _ when Both(left, right) => Numbers.Divide(left!, right!),
            _ => throw Unsupported("/", left, right),
        };

    public static object? FloorDivide(object? left, object? right) =>
        (left, right) switch
        {
            (TimeSpan a, TimeSpan b) => Durations.FloorDivide(a, b),
            (TimeSpan a, _) when Numbers.IsInteger(right) => Durations.FloorDivide(a, right!),
            _ when Both(left, right) => Numbers.FloorDivide(left!, right!),
            _ => throw Unsupported("//", left, right),
        };

    public static object? Modulo(object? left, object? right) =>
        left is string format ? PercentFormat.Apply(format, right)
        : (left, right) is (TimeSpan a, TimeSpan b) ? Durations.Modulo(a, b)
        : Both(left, right) ? Numbers.Modulo(left!, right!)
        : throw Unsupported("%", left, right);

    public static object? Power(object? left, object? right) =>
        Both(left, right) ? Numbers.Power(left!, right!) : throw Unsupported("** or pow()", left, right);

    public static object? Negate(object? value) =>
        value is TimeSpan span ? -span
        : Numbers.IsNumber(value) ? Numbers.Negate(value!)
        : throw (value as JinjaUndefined)?.Fault()
            ?? JinjaFault.Type($"bad operand type for unary -: '{TypeNames.Of(value)}'");

    public static object? Plus(object? value) =>
        value is TimeSpan ? value
        : Numbers.IsNumber(value) ? (value is bool ? Numbers.Normal(Numbers.Big(value)) : value)
        : throw (value as JinjaUndefined)?.Fault()
            ?? JinjaFault.Type($"bad operand type for unary +: '{TypeNames.Of(value)}'");

    /// <summary>Python's ordering: negative, zero or positive.</summary>
    /// <exception cref="JinjaFault">The types have no order.</exception>
    public static int Compare(object? left, object? right, string sign = "<")
    {
        if (Both(left, right))
        {
            return Numbers.Compare(left!, right!);
        }

        return (left, right) switch
        {
            (string a, string b) => string.CompareOrdinal(a, b),
            (JinjaList a, JinjaList b) => CompareItems(a.Items, b.Items, sign),
            (JinjaTuple a, JinjaTuple b) => CompareItems(a.Items, b.Items, sign),
            (DateTime a, DateTime b) => a.CompareTo(b),
            (ZonedTime a, _) when ZonedTime.Of(right) is { } b => a.Time.CompareTo(b.Time),
            (DateTime, ZonedTime b) when ZonedTime.Of(left) is { } a => a.Time.CompareTo(b.Time),
            (DateOnly a, DateOnly b) => a.CompareTo(b),
            (TimeSpan a, TimeSpan b) => a.CompareTo(b),
            (TimeOnly a, TimeOnly b) => a.CompareTo(b),
            (JinjaUndefined a, _) => throw a.Fault(),
            (_, JinjaUndefined b) => throw b.Fault(),
            _ => throw JinjaFault.Type(
                $"'{sign}' not supported between instances of '{TypeNames.Of(left)}' and '{TypeNames.Of(right)}'"
            ),
        };
    }

    public static bool Contains(object? container, object? item) =>
        container switch
        {
            string text => item is string part
                ? text.Contains(part, StringComparison.Ordinal)
                : throw (item as JinjaUndefined)?.Fault()
                    ?? JinjaFault.Type($"'in <string>' requires string as left operand, not {TypeNames.Of(item)}"),
            JinjaDict dict => dict.Contains(item),
            JinjaSet set => set.Contains(item),
            JinjaUndefined { Behavior: not UndefinedBehavior.Strict } => false,
            _ => Iteration.Over(container).Any(candidate => PythonEquality.AreEqual(candidate, item)),
        };

    private static bool Both(object? left, object? right) => Numbers.IsNumber(left) && Numbers.IsNumber(right);

    private static int CompareItems(IReadOnlyList<object?> left, IReadOnlyList<object?> right, string sign)
    {
        for (var index = 0; index < Math.Min(left.Count, right.Count); index++)
        {
            if (!PythonEquality.AreEqual(left[index], right[index]))
            {
                return Compare(left[index], right[index], sign);
            }
        }

        return left.Count.CompareTo(right.Count);
    }

    private static string Joined(string left, string right)
    {
        Allotment.TakeText((long)left.Length + right.Length);
        return left + right;
    }

    private static object Repeat(object? value, object count)
    {
        var times = (int)BigInteger.Min(BigInteger.Max(Numbers.Big(count), 0), int.MaxValue);
        var length = value is string text ? text.Length : Iteration.Length(value);
        if ((long)times * length > LongestRepetition)
        {
            throw JinjaFault.Limit("a repetition is too long");
        }

        if (value is string)
        {
            Allotment.TakeText((long)times * length);
        }

        return value switch
        {
            string part => new StringBuilder().Insert(0, part, times).ToString(),
            JinjaList list => new JinjaList(Enumerable.Repeat(list.Items, times).SelectMany(items => items)),
            _ => new JinjaTuple(
                Allotment.List(Enumerable.Repeat(((JinjaTuple)value!).Items, times).SelectMany(items => items))
            ),
        };
    }

    private static JinjaFault Unsupported(string sign, object? left, object? right) =>
        (left as JinjaUndefined ?? right as JinjaUndefined)?.Fault()
        ?? JinjaFault.Type(
            $"unsupported operand type(s) for {sign}: '{TypeNames.Of(left)}' and '{TypeNames.Of(right)}'"
        );
}

using System.Numerics;
using Headwater.Jinja.Evaluation;

namespace Headwater.Jinja.Values;

/// <summary>Python's <c>==</c> and <c>hash</c> over template values.</summary>
internal sealed class PythonEquality : IEqualityComparer<object>
{
    public static PythonEquality Comparer { get; } = new();

    public static bool AreEqual(object? left, object? right)
    {
        if (ReferenceEquals(left, right))
        {
            return true;
        }

        Allotment.Step();
        return (left, right) switch
        {
            (null, _) or (_, null) => false,
            (string a, string b) => string.Equals(a, b, StringComparison.Ordinal),
            (JinjaUndefined, JinjaUndefined) => true,
            (JinjaList a, JinjaList b) => SequencesEqual(a.Items, b.Items),
            (JinjaTuple a, JinjaTuple b) => SequencesEqual(a.Items, b.Items),
            (JinjaDict a, JinjaDict b) => DictsEqual(a, b),
            (JinjaSet a, JinjaSet b) => a.Count == b.Count && a.Items.All(b.Contains),
            (JinjaRange a, JinjaRange b) => a.Iterate().SequenceEqual(b.Iterate()),
            _ when Numbers.IsNumber(left) && Numbers.IsNumber(right) => Numbers.Compare(left, right) == 0,
            _ => left.Equals(right),
        };
    }

    public new bool Equals(object? x, object? y) => AreEqual(x, y);

    public int GetHashCode(object obj) =>
        obj switch
        {
            string text => text.GetHashCode(StringComparison.Ordinal),
            bool flag => (flag ? 1L : 0L).GetHashCode(),
            long number => number.GetHashCode(),
            double number when number == Math.Floor(number) && Math.Abs(number) < 1e18 => ((long)number).GetHashCode(),
            decimal number when number == Math.Floor(number) && Math.Abs(number) < 1e18m => (
                (long)number
            ).GetHashCode(),
            decimal number => ((double)number).GetHashCode(),
            BigInteger number => number.GetHashCode(),
            JinjaTuple tuple => HashOf(tuple),
            _ => obj.GetHashCode(),
        };

    private static int HashOf(JinjaTuple tuple)
    {
        Allotment.Step();
        return tuple.Items.Aggregate(
            17,
            (hash, item) => HashCode.Combine(hash, item is null ? 0 : Comparer.GetHashCode(item))
        );
    }

    private static bool SequencesEqual(IReadOnlyList<object?> left, IReadOnlyList<object?> right)
    {
        if (left.Count != right.Count)
        {
            return false;
        }

        for (var index = 0; index < left.Count; index++)
        {
            if (!AreEqual(left[index], right[index]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool DictsEqual(JinjaDict left, JinjaDict right)
    {
        if (left.Count != right.Count)
        {
            return false;
        }

        foreach (var (key, value) in left.Items)
        {
            if (!right.TryGet(key, out var other) || !AreEqual(value, other))
            {
                return false;
            }
        }

        return true;
    }
}

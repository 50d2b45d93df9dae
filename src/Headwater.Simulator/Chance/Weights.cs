namespace Headwater.Simulator.Chance;

/// <summary>Picks by weight in constant time (alias method: Walker 1977, tables as in Vose 1991).</summary>
public sealed class Weights
{
    private readonly double[] _keep;
    private readonly int[] _alias;

    /// <param name="weights">Not negative, and not all zero.</param>
    public Weights(IReadOnlyList<double> weights)
    {
        var count = weights.Count;
        var total = weights.Sum();
        _keep = [.. weights.Select(weight => weight * count / total)];
        _alias = new int[count];
        var small = new Stack<int>();
        var large = new Stack<int>();
        for (var index = 0; index < count; index++)
        {
            (_keep[index] < 1 ? small : large).Push(index);
        }

        while (small.Count > 0 && large.Count > 0)
        {
            var (less, more) = (small.Pop(), large.Pop());
            _alias[less] = more;
            _keep[more] -= 1 - _keep[less];
            (_keep[more] < 1 ? small : large).Push(more);
        }

        // What is left differs from 1 by rounding alone.
        foreach (var index in small.Concat(large))
        {
            _keep[index] = 1;
        }
    }

    public int Pick(ref SplitMix chance)
    {
        var place = chance.NextBelow(_keep.Length);
        return chance.NextUnit() < _keep[place] ? place : _alias[place];
    }
}

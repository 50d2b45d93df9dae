namespace Headwater.Simulator.Chance;

/// <summary>
/// SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014): small, quick, and the same on every machine and
/// version of .NET. A stream for each thing simulated, so that adding one changes no other.
/// </summary>
public struct SplitMix(ulong seed)
{
    private const ulong Gamma = 0x9E3779B97F4A7C15;

    private ulong _state = seed;

    /// <summary>A stream of its own for a numbered thing of a kind.</summary>
    public static SplitMix For(ulong seed, ulong kind, ulong number) =>
        new(Mix(Mix(seed + kind * Gamma) + number * Gamma));

    public ulong Next() => Mix(_state += Gamma);

    /// <summary>Evenly from 0 up to, not including, 1.</summary>
    public double NextUnit() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Evenly from 0 up to, not including, <paramref name="bound"/> (Lemire 2019, without the correction that 32-bit bounds do not need).</summary>
    public int NextBelow(int bound) => (int)(((UInt128)Next() * (uint)bound) >> 64);

    /// <summary>Normally distributed with mean 0 and deviation 1 (Box and Muller 1958).</summary>
    public double NextNormal() => Math.Sqrt(-2 * Math.Log(1 - NextUnit())) * Math.Cos(2 * Math.PI * NextUnit());

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}

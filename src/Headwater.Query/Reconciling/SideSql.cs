using Headwater.Sql;

namespace Headwater.Query.Reconciling;

/// <summary>One side as the statement takes it, with the columns of <see cref="Metrics.Reconciling.CompiledSide"/>.</summary>
/// <param name="Text">A SELECT.</param>
/// <param name="Parameters">Its values.</param>
/// <param name="Filters">What the numbers in <c>f</c> mean, from 1.</param>
/// <param name="Scale">Digits behind the point to which values are taken.</param>
/// <param name="IsFloating">Whether values are floating-point numbers, so that taking them to the scale rounds.</param>
internal sealed record SideSql(
    string Text,
    IReadOnlyList<object?> Parameters,
    IReadOnlyList<string> Filters,
    int Scale,
    bool IsFloating
)
{
    /// <summary>Whether keys have to be compared as text, since the sides have different types.</summary>
    public bool HasTextKeys { get; init; }

    /// <summary>Of each key whether it is a number, to be compared as one if that of the other side is too.</summary>
    public IReadOnlyList<bool> NumberKeys { get; init; } = [];

    /// <summary>Of each key whether it is a number that may have digits behind a point, not all of which may count.</summary>
    public IReadOnlyList<bool> FractionKeys { get; init; } = [];

    /// <summary>Whether each key counts once, however many rows it has.</summary>
    public bool IsDistinct { get; init; }
}

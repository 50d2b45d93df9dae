using Headwater.Metrics.Semantics;

namespace Headwater.Metrics.Conditions;

/// <summary>What rows must fulfil, as data: dimensions, literals and connectives, no functions. A closed set.</summary>
public abstract record Condition
{
    /// <summary>The dimensions that it mentions.</summary>
    public abstract IEnumerable<DimensionReference> Dimensions { get; }
}

public sealed record AllOf(IReadOnlyList<Condition> Parts) : Condition
{
    public override IEnumerable<DimensionReference> Dimensions => Parts.SelectMany(part => part.Dimensions);
}

public sealed record AnyOf(IReadOnlyList<Condition> Parts) : Condition
{
    public override IEnumerable<DimensionReference> Dimensions => Parts.SelectMany(part => part.Dimensions);
}

public sealed record Not(Condition Inner) : Condition
{
    public override IEnumerable<DimensionReference> Dimensions => Inner.Dimensions;
}

public enum ComparisonOperator
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// <param name="Value">Text, <see cref="decimal"/>, or <see cref="bool"/>.</param>
public sealed record Comparison(DimensionReference Dimension, ComparisonOperator Operator, object Value) : Condition
{
    public override IEnumerable<DimensionReference> Dimensions => [Dimension];
}

/// <param name="Values">Text, <see cref="decimal"/>, or <see cref="bool"/>; none is true of an empty list.</param>
public sealed record OneOf(DimensionReference Dimension, IReadOnlyList<object> Values) : Condition
{
    public override IEnumerable<DimensionReference> Dimensions => [Dimension];
}

public sealed record IsEmpty(DimensionReference Dimension) : Condition
{
    public override IEnumerable<DimensionReference> Dimensions => [Dimension];
}

/// <param name="Pattern">SQL LIKE: <c>%</c> any text, <c>_</c> one character.</param>
/// <param name="IgnoreCase">Case is ignored.</param>
public sealed record Like(DimensionReference Dimension, string Pattern, bool IgnoreCase) : Condition
{
    public override IEnumerable<DimensionReference> Dimensions => [Dimension];
}

/// <summary>Contains a text, case ignored. Not written by askers: it is what a search in a list of values means.</summary>
public sealed record ContainsText(DimensionReference Dimension, string Text) : Condition
{
    public override IEnumerable<DimensionReference> Dimensions => [Dimension];
}

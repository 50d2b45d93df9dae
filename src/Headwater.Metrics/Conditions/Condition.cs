using Headwater.Metrics.Semantics;

namespace Headwater.Metrics.Conditions;

/// <summary>What rows must fulfil, as data: operands, literals and connectives. A closed set.</summary>
public abstract record Condition
{
    /// <summary>The operands that it mentions, in order.</summary>
    public abstract IEnumerable<FilterOperand> Operands { get; }

    /// <summary>The dimensions among the operands.</summary>
    public IEnumerable<DimensionReference> Dimensions => Operands.OfType<DimensionReference>();

    /// <summary>The same condition over other operands.</summary>
    public abstract Condition Map(Func<FilterOperand, FilterOperand> change);
}

public sealed record AllOf(IReadOnlyList<Condition> Parts) : Condition
{
    public override IEnumerable<FilterOperand> Operands => Parts.SelectMany(part => part.Operands);

    public override Condition Map(Func<FilterOperand, FilterOperand> change) =>
        new AllOf([.. Parts.Select(part => part.Map(change))]);
}

public sealed record AnyOf(IReadOnlyList<Condition> Parts) : Condition
{
    public override IEnumerable<FilterOperand> Operands => Parts.SelectMany(part => part.Operands);

    public override Condition Map(Func<FilterOperand, FilterOperand> change) =>
        new AnyOf([.. Parts.Select(part => part.Map(change))]);
}

public sealed record Not(Condition Inner) : Condition
{
    public override IEnumerable<FilterOperand> Operands => Inner.Operands;

    public override Condition Map(Func<FilterOperand, FilterOperand> change) => new Not(Inner.Map(change));
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
public sealed record Comparison(FilterOperand Operand, ComparisonOperator Operator, object Value) : Condition
{
    public override IEnumerable<FilterOperand> Operands => [Operand];

    public override Condition Map(Func<FilterOperand, FilterOperand> change) => this with { Operand = change(Operand) };
}

/// <param name="Values">Text, <see cref="decimal"/>, or <see cref="bool"/>; none is true of an empty list.</param>
public sealed record OneOf(FilterOperand Operand, IReadOnlyList<object> Values) : Condition
{
    public override IEnumerable<FilterOperand> Operands => [Operand];

    public override Condition Map(Func<FilterOperand, FilterOperand> change) => this with { Operand = change(Operand) };
}

public sealed record IsEmpty(FilterOperand Operand) : Condition
{
    public override IEnumerable<FilterOperand> Operands => [Operand];

    public override Condition Map(Func<FilterOperand, FilterOperand> change) => new IsEmpty(change(Operand));
}

/// <summary>A truth value that stands alone.</summary>
public sealed record IsTrue(FilterOperand Operand) : Condition
{
    public override IEnumerable<FilterOperand> Operands => [Operand];

    public override Condition Map(Func<FilterOperand, FilterOperand> change) => new IsTrue(change(Operand));
}

/// <param name="Pattern">SQL LIKE: <c>%</c> any text, <c>_</c> one character.</param>
/// <param name="IgnoreCase">Case is ignored.</param>
public sealed record Like(FilterOperand Operand, string Pattern, bool IgnoreCase) : Condition
{
    public override IEnumerable<FilterOperand> Operands => [Operand];

    public override Condition Map(Func<FilterOperand, FilterOperand> change) => this with { Operand = change(Operand) };
}

/// <summary>Contains a text, case ignored. Not written by askers: it is what a search in a list of values means.</summary>
public sealed record ContainsText(FilterOperand Operand, string Text) : Condition
{
    public override IEnumerable<FilterOperand> Operands => [Operand];

    public override Condition Map(Func<FilterOperand, FilterOperand> change) => this with { Operand = change(Operand) };
}

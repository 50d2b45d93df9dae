namespace Headwater.Query.Tests.Invariants;

/// <summary>A condition, told twice: as text for the question and as a function for the naive answer. Unknown is null.</summary>
internal abstract record Condition
{
    public abstract string Text { get; }

    public abstract bool? Holds(Func<Attribute, object?> values);
}

internal sealed record IsOneOf(Attribute Attribute, IReadOnlyList<object> Values) : Condition
{
    public override string Text =>
        Values is [var single]
            ? $"{Attribute.Name} = {StarSql.Literal(single)}"
            : $"{Attribute.Name} in ({string.Join(", ", Values.Select(StarSql.Literal))})";

    public override bool? Holds(Func<Attribute, object?> values) =>
        values(Attribute) is { } value ? Values.Contains(value) : null;
}

internal sealed record IsUnknown(Attribute Attribute) : Condition
{
    public override string Text => $"{Attribute.Name} is null";

    public override bool? Holds(Func<Attribute, object?> values) => values(Attribute) is null;
}

/// <summary>From a day on.</summary>
internal sealed record IsSince(Attribute Attribute, DateOnly Day) : Condition
{
    public override string Text => $"{Attribute.Name} >= {StarSql.Literal(Day)}";

    public override bool? Holds(Func<Attribute, object?> values) =>
        values(Attribute) is DateOnly value ? value >= Day : null;
}

internal sealed record Not(Condition Inner) : Condition
{
    public override string Text => $"not ({Inner.Text})";

    public override bool? Holds(Func<Attribute, object?> values) => !Inner.Holds(values);
}

internal sealed record And(Condition Left, Condition Right) : Condition
{
    public override string Text => $"({Left.Text}) and ({Right.Text})";

    public override bool? Holds(Func<Attribute, object?> values) => Left.Holds(values) & Right.Holds(values);
}

internal sealed record Or(Condition Left, Condition Right) : Condition
{
    public override string Text => $"({Left.Text}) or ({Right.Text})";

    public override bool? Holds(Func<Attribute, object?> values) => Left.Holds(values) | Right.Holds(values);
}

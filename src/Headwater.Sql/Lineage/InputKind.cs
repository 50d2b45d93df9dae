namespace Headwater.Sql.Lineage;

/// <summary>What a column is to a value that is made of it. Where it is several things at once, the last of these counts.</summary>
public enum InputKind
{
    /// <summary>It decides which value is taken: a condition of CASE, a FILTER, the partition or order of a window, an EXISTS.</summary>
    Condition,

    /// <summary>Its value is the value, perhaps under another name.</summary>
    Copied,

    /// <summary>The value is computed from it, row by row.</summary>
    Transformed,

    /// <summary>The value is computed from many rows of it.</summary>
    Aggregated,
}

/// <summary>Kinds over several steps.</summary>
internal static class Kinds
{
    /// <summary>What a column is to a value, when it is <paramref name="inner"/> to another that is <paramref name="outer"/> to the value.</summary>
    public static InputKind Composed(InputKind inner, InputKind outer) =>
        inner == InputKind.Condition || outer == InputKind.Condition ? InputKind.Condition
        : inner > outer ? inner
        : outer;
}

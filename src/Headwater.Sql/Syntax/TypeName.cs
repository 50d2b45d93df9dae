namespace Headwater.Sql.Syntax;

/// <summary>A type: <c>numeric(10, 2)</c>, <c>timestamp with time zone</c>, <c>int[]</c>, <c>struct(a int, b text)</c>.</summary>
/// <param name="Name">The name; several words are one part with a space between.</param>
/// <param name="Modifiers">What stands in parentheses, such as length and scale.</param>
/// <param name="Fields">Named members of a struct or union; the two unnamed ones of a map.</param>
/// <param name="Dimensions">One for each <c>[]</c>: its length, or null.</param>
public sealed record TypeName(
    QualifiedName Name,
    NodeList<SqlExpression> Modifiers,
    NodeList<TypeField> Fields,
    NodeList<string?> Dimensions
) : SqlNode
{
    /// <summary>Words after the modifiers: <c>with time zone</c>.</summary>
    public string Suffix { get; init; } = "";
}

/// <summary>A member of a struct type; in a map it has no name.</summary>
public sealed record TypeField(Identifier? Name, TypeName Type) : SqlNode;

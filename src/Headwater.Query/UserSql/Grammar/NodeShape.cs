using System.Collections.Frozen;

namespace Headwater.Query.UserSql.Grammar;

/// <summary>What a property of a syntax node holds, and so how it is checked.</summary>
internal enum PropertyKind
{
    /// <summary>Text, number or flag that changes nothing about what can be reached.</summary>
    Plain,

    /// <summary>Must be absent, null, false, or empty: what it would add is not allowed.</summary>
    Empty,

    /// <summary>An expression, or null.</summary>
    Expression,

    /// <summary>A list of expressions.</summary>
    Expressions,

    /// <summary>A list of lists of expressions.</summary>
    ExpressionRows,

    /// <summary>A list of objects with a key and an expression as value.</summary>
    KeyedExpressions,

    /// <summary>WHEN and THEN pairs.</summary>
    CaseChecks,

    /// <summary>A list of order terms.</summary>
    Orders,

    /// <summary>ORDER BY inside a call: an object with order terms.</summary>
    OrderModifier,

    /// <summary>ORDER BY, LIMIT, DISTINCT of a query.</summary>
    Modifiers,

    /// <summary>A table reference.</summary>
    Table,

    /// <summary>A query node.</summary>
    Query,

    /// <summary>A query node wrapped as a statement.</summary>
    Statement,

    /// <summary>Common table expressions.</summary>
    CommonTables,

    /// <summary>A type, as in a cast.</summary>
    Type,

    /// <summary>A typed constant.</summary>
    Value,
}

/// <summary>The properties that a kind of node may have. A property that is not listed refuses the statement.</summary>
internal sealed class NodeShape(string description, params (string Name, PropertyKind Kind)[] properties)
{
    private readonly FrozenDictionary<string, PropertyKind> _properties = properties.ToFrozenDictionary(
        property => property.Name,
        property => property.Kind,
        StringComparer.Ordinal
    );

    /// <summary>What it is called in messages.</summary>
    public string Description { get; } = description;

    public PropertyKind? this[string property] => _properties.TryGetValue(property, out var kind) ? kind : null;
}

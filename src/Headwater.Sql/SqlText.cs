namespace Headwater.Sql;

/// <summary>Rendered SQL with the values of its parameters <c>$1</c>, <c>$2</c> …, in order.</summary>
/// <param name="Text">One statement.</param>
/// <param name="Parameters">Text, numbers, booleans, <see cref="DateOnly"/>, <see cref="DateTime"/>, or lists of text.</param>
public sealed record SqlText(string Text, IReadOnlyList<object?> Parameters);

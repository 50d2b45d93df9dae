using Headwater.Warehouse.Results;

namespace Headwater.Warehouse.Port;

/// <summary>SQL with its parameters, written <c>$1</c>, <c>$2</c> … in the text.</summary>
/// <param name="Text">One or more statements in the engine's dialect; parameters only with a single statement.</param>
/// <param name="Parameters">Values for <c>$1</c> and on, in order.</param>
public sealed record SqlCommand(string Text, IReadOnlyList<SqlParameter> Parameters)
{
    public SqlCommand(string text)
        : this(text, []) { }
}

/// <summary>A typed value bound to a statement: never pasted into its text.</summary>
/// <param name="Value">
/// Null, bool, an integer type, <see cref="Int128"/>, float, double, decimal, string, byte[], <see cref="Guid"/>, <see cref="DateOnly"/>,
/// <see cref="TimeOnly"/>, <see cref="DateTime"/>, <see cref="DateTimeOffset"/>, or a list of these as <c>IReadOnlyList&lt;string&gt;</c> and so on.
/// </param>
/// <param name="Type">The type to bind as; null takes the natural one of the value.</param>
public sealed record SqlParameter(object? Value, ColumnType? Type = null);

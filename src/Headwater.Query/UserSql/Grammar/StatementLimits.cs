namespace Headwater.Query.UserSql.Grammar;

/// <summary>
/// How large a statement may be. Binding deep or wide statements is not interruptible, so it is bounded before (900 nested calls took the engine
/// 7 seconds to bind).
/// </summary>
internal static class StatementLimits
{
    /// <summary>UTF-16 units of text.</summary>
    public const int Length = 50_000;

    /// <summary>Nesting of nodes.</summary>
    public const int Depth = 100;

    public const int Nodes = 10_000;

    public const int Joins = 30;

    public const int CommonTables = 40;

    public const int SetOperations = 40;

    /// <summary>Columns of any query inside the statement, stars counted as what they unfold to.</summary>
    public const int Columns = 5_000;

    /// <summary>Largest constant for a function that makes text of a given length.</summary>
    public const int TextLength = 10_000;

    /// <summary>Characters that a computed value may have at most, by a rough estimate: the engine holds some 2,000 of them at once.</summary>
    public const int ValueSize = 250_000;

    /// <summary>Characters that a column of a table counts as in that estimate.</summary>
    public const int AssumedText = 400;

    /// <summary>Characters that a value gathered over rows counts as in it.</summary>
    public const int AssumedGathered = 60_000;
}

namespace Headwater.Sql;

/// <summary>How much of a query is read, so that no text exhausts the process.</summary>
/// <param name="MaxLength">Characters.</param>
/// <param name="MaxNesting">Levels of parentheses, calls and subqueries.</param>
/// <param name="MaxHeight">Height of the tree; a chain of n operators, joins or unions has height n.</param>
public sealed record SqlLimits(int MaxLength, int MaxNesting, int MaxHeight)
{
    public static SqlLimits Default { get; } = new(2_000_000, 100, 2_000);
}

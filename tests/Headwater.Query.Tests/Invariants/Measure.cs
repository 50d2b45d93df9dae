namespace Headwater.Query.Tests.Invariants;

/// <summary>A measure that every table of facts has, with what it is worked out from and how, told without SQL.</summary>
/// <param name="IsAdditive">True if the total is the sum of its parts.</param>
internal sealed record Measure(
    string Name,
    string Aggregation,
    string Column,
    bool IsAdditive,
    Func<IReadOnlyList<FactRow>, decimal?> Work
)
{
    public static IReadOnlyList<Measure> All { get; } =
    [
        new("total", "sum", "amount", true, rows => Amounts(rows) is { Count: > 0 } known ? known.Sum() : null),
        new("amounts", "count", "amount", true, rows => Amounts(rows).Count),
        new("number", "count", "id", true, rows => rows.Count),
        new("flagged", "sum_boolean", "flag", true, Flagged),
        new("least", "min", "amount", false, rows => Amounts(rows) is { Count: > 0 } known ? known.Min() : null),
        new("most", "max", "amount", false, rows => Amounts(rows) is { Count: > 0 } known ? known.Max() : null),
        new("mean", "average", "amount", false, rows => Amounts(rows) is { Count: > 0 } known ? known.Average() : null),
        new("middle", "median", "amount", false, rows => Middle([.. Amounts(rows).Order()])),
        new("different", "count_distinct", "amount", false, rows => Amounts(rows).Distinct().Count()),
    ];

    /// <summary>The name of the measure and of its metric.</summary>
    public string Of(FactTable table) => $"{table.Name}_{Name}";

    private static List<decimal> Amounts(IReadOnlyList<FactRow> rows) =>
        [.. rows.Select(row => row.Amount).OfType<decimal>()];

    private static decimal? Flagged(IReadOnlyList<FactRow> rows) =>
        rows.Count > 0 ? rows.Count(row => row.Flag is true) : null;

    private static decimal? Middle(List<decimal> sorted) =>
        sorted.Count == 0 ? null : (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
}

using Headwater.Warehouse.Port;

namespace Headwater.Modeling.Materializations;

/// <summary>Finds the type of each column of a seed: the narrowest that all of its values have, as dbt decides it.</summary>
internal static class SeedTypes
{
    // Tried in order; the first that every value fits is taken. {0} is the quoted column.
    private static readonly (string Type, string Fits)[] Ladder =
    [
        ("boolean", "lower({0}) IN ('true', 'false')"),
        ("bigint", "regexp_full_match({0}, '\\s*[-+]?\\d+\\s*') AND try_cast({0} AS bigint) IS NOT NULL"),
        ("double", "try_cast({0} AS double) IS NOT NULL"),
        ("date", "regexp_full_match({0}, '\\d{{4}}-\\d{{2}}-\\d{{2}}') AND try_cast({0} AS date) IS NOT NULL"),
        (
            "timestamp",
            "regexp_full_match({0}, '\\d{{4}}-\\d{{2}}-\\d{{2}}[ T].*') AND try_cast({0} AS timestamp) IS NOT NULL"
        ),
    ];

    /// <param name="job">The seed.</param>
    /// <param name="names">Its columns.</param>
    /// <param name="rows">A table function that gives all columns as text.</param>
    /// <param name="given">The types that the config sets.</param>
    /// <returns>A type for each column, those that the config sets included.</returns>
    public static async ValueTask<IReadOnlyList<string>> DetectAsync(
        MaterializationJob job,
        IReadOnlyList<string> names,
        string rows,
        IReadOnlyDictionary<string, string> given,
        CancellationToken cancellationToken
    )
    {
        var tests = names.SelectMany(name => Ladder.Select(step => Fits(job.Engine.Dialect.Quote(name), step)));
        var table = await job.Connection.QueryAsync(
            $"SELECT {string.Join(", ", tests)} FROM {rows}",
            cancellationToken
        );
        return
        [
            .. names.Select(
                (name, column) =>
                    given.TryGetValue(name, out var type)
                        ? type
                        : Ladder
                            .Where((_, step) => table.Value(0, column * Ladder.Length + step) is true)
                            .Select(step => step.Type)
                            .FirstOrDefault("varchar")
            ),
        ];
    }

    // As dbt has it, a column without values is a number.
    private static string Fits(string column, (string Type, string Fits) step) =>
        $"coalesce(bool_and({string.Format(System.Globalization.CultureInfo.InvariantCulture, step.Fits, column)}) FILTER ({column} IS NOT NULL), {(step.Type == "bigint" ? "true" : "false")})";
}

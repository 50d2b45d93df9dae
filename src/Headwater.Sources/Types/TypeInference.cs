using Headwater.Sql.Dialects;
using Headwater.Warehouse.Port;

namespace Headwater.Sources.Types;

/// <summary>What a column of texts holds.</summary>
/// <param name="Type">The engine's type.</param>
/// <param name="Spellings">For dates and timestamps that are not plain ISO: how they are spelt.</param>
/// <param name="IsAmbiguous">Dates that could be read with the month or the day first.</param>
internal sealed record InferredType(string Type, IReadOnlyList<string> Spellings, bool IsAmbiguous)
{
    /// <summary>Whether the spellings are those that the stream states, and not what the values look like.</summary>
    public bool AreSpellingsGiven { get; init; }

    public static InferredType Of(string type) => new(type, [], false);
}

/// <summary>Works out types from the texts of a sample: the narrowest type that every text of the column fits.</summary>
internal sealed class TypeInference(IWarehouseConnection connection, SqlDialect dialect)
{
    private const int ChecksPerColumn = 11;

    /// <summary>Works out the type of each column. Reads the table once.</summary>
    /// <param name="table">A table expression whose columns are all text.</param>
    /// <param name="columns">Its columns.</param>
    /// <returns>Types in the order of the columns.</returns>
    /// <exception cref="WarehouseException">The engine failed.</exception>
    public async ValueTask<IReadOnlyList<InferredType>> InferAsync(
        string table,
        IReadOnlyList<string> columns,
        CancellationToken cancellationToken
    )
    {
        if (columns.Count == 0)
        {
            return [];
        }

        // Planning the checks takes longer than running them over a sample, so that they are planned once for all columns, below each other. A text that
        // stands in a column many times is looked at once.
        var places = string.Join(", ", Enumerable.Range(0, columns.Count));
        var texts = string.Join(", ", columns.Select(dialect.Quote));
        var counted = await connection.QueryAsync(
            $"""
            SELECT place, {string.Join(", ", Checks("text"))}
            FROM (SELECT DISTINCT place, text FROM (SELECT unnest([{places}]) AS place, unnest([{texts}]) AS text FROM {table}))
            WHERE text IS NOT NULL GROUP BY place
            """,
            cancellationToken
        );
        var types = Enumerable.Repeat(InferredType.Of(ColumnTypes.Text), columns.Count).ToArray();
        for (long row = 0; row < counted.RowCount; row++)
        {
            types[(int)counted.Value(row, 0)!] = Decide([
                .. Enumerable.Range(1, ChecksPerColumn).Select(check => (long)counted.Value(row, check)!),
            ]);
        }

        return types;
    }

    private IEnumerable<string> Checks(string column)
    {
        // What a text looks like is seen much quicker than what it says.
        var isDate = $"regexp_full_match({column}, '{ValuePatterns.Date}')";
        var isTimestamp = $"regexp_matches({column}, '{ValuePatterns.Timestamp}')";
        yield return $"count({column})";
        foreach (
            var condition in (string[])
                [
                    $"lower({column}) IN ('true', 'false')",
                    $"regexp_full_match({column}, '{ValuePatterns.Integer}')",
                    $"regexp_full_match({column}, '{ValuePatterns.Number}')",
                    $"regexp_full_match({column}, '{ValuePatterns.IsoDate}') AND {DateSpellings.Parse(column, [DateSpellings.Iso], dialect)} IS NOT NULL",
                    $"{isDate} AND {DateSpellings.Parse(column, [.. DateSpellings.YearFirst, .. DateSpellings.MonthFirst], dialect)} IS NOT NULL",
                    $"{isDate} AND {DateSpellings.Parse(column, [.. DateSpellings.YearFirst, .. DateSpellings.DayFirst], dialect)} IS NOT NULL",
                    $"contains({column}, '.')",
                    $"{isTimestamp} AND TRY_CAST({column} AS TIMESTAMP) IS NOT NULL AND NOT regexp_matches({column}, '(Z|[+-]\\d\\d(:?\\d\\d)?)$')",
                    $"{isTimestamp} AND TRY_CAST({column} AS TIMESTAMPTZ) IS NOT NULL",
                    $"regexp_full_match({column}, '{ValuePatterns.Time}')",
                ]
        )
        {
            yield return $"count(*) FILTER (WHERE {column} IS NOT NULL AND {condition})";
        }
    }

    private static InferredType Decide(long[] counts)
    {
        var filled = counts[0];
        if (filled == 0)
        {
            return InferredType.Of(ColumnTypes.Text);
        }

        bool All(int check) => counts[check] == filled;
        return All(1) ? InferredType.Of(ColumnTypes.Boolean)
            : All(2) ? InferredType.Of(ColumnTypes.Integer)
            : All(3) ? InferredType.Of(ColumnTypes.Number)
            : All(4) ? InferredType.Of(ColumnTypes.Date)
            : All(5) || All(6) ? DecideDate(All(5), All(6), dotted: All(7))
            : All(8) ? InferredType.Of(ColumnTypes.Timestamp)
            : All(9) ? InferredType.Of(ColumnTypes.ZonedTimestamp)
            : All(10) ? InferredType.Of(ColumnTypes.Time)
            : InferredType.Of(ColumnTypes.Text);
    }

    private static InferredType DecideDate(bool monthFirst, bool dayFirst, bool dotted) =>
        (monthFirst, dayFirst) switch
        {
            (true, false) => new InferredType(
                ColumnTypes.Date,
                [.. DateSpellings.YearFirst, .. DateSpellings.MonthFirst],
                false
            ),
            (false, true) => new InferredType(
                ColumnTypes.Date,
                [.. DateSpellings.YearFirst, .. DateSpellings.DayFirst],
                false
            ),
            // Dots are how the day-first countries write.
            _ when dotted => new InferredType(
                ColumnTypes.Date,
                [.. DateSpellings.YearFirst, .. DateSpellings.DayFirst],
                false
            ),
            _ => new InferredType(ColumnTypes.Text, [], true),
        };

    /// <summary>How many texts of a column give null as a value, of how many.</summary>
    public async ValueTask<(long Misfits, long Filled)> CountMisfitsAsync(
        string table,
        string column,
        string value,
        CancellationToken cancellationToken
    )
    {
        var quoted = dialect.Quote(column);
        var counted = await connection.QueryAsync(
            $"SELECT count(*) FILTER (WHERE {quoted} IS NOT NULL AND {value} IS NULL), count({quoted}) FROM {table}",
            cancellationToken
        );
        return ((long)counted.Value(0, 0)!, (long)counted.Value(0, 1)!);
    }
}

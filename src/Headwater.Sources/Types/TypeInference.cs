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

    // A statement's planning time grows faster than its aggregates.
    private const int ColumnsAtOnce = 40;

    /// <param name="table">A table expression whose columns are all text.</param>
    /// <param name="columns">Its columns.</param>
    public async ValueTask<IReadOnlyList<InferredType>> InferAsync(
        string table,
        IReadOnlyList<string> columns,
        CancellationToken cancellationToken
    )
    {
        if (columns.Count <= ColumnsAtOnce)
        {
            return await InferPartAsync(table, columns, cancellationToken);
        }

        const string sample = "hw_sample";
        await connection.ExecuteAsync(
            $"CREATE OR REPLACE TEMP TABLE {sample} AS SELECT * FROM {table}",
            cancellationToken
        );
        var types = new List<InferredType>();
        foreach (var part in columns.Chunk(ColumnsAtOnce))
        {
            types.AddRange(await InferPartAsync(sample, part, cancellationToken));
        }

        await connection.ExecuteAsync($"DROP TABLE {sample}", cancellationToken);
        return types;
    }

    private async ValueTask<IReadOnlyList<InferredType>> InferPartAsync(
        string table,
        IReadOnlyList<string> columns,
        CancellationToken cancellationToken
    )
    {
        var selects = columns.SelectMany(column => Checks(dialect.Quote(column)));
        var counted = await connection.QueryAsync(
            $"SELECT {string.Join(", ", selects)} FROM {table}",
            cancellationToken
        );
        return
        [
            .. columns.Select(
                (_, index) =>
                    Decide([
                        .. Enumerable
                            .Range(index * ChecksPerColumn, ChecksPerColumn)
                            .Select(place => (long)counted.Value(0, place)!),
                    ])
            ),
        ];
    }

    private IEnumerable<string> Checks(string column)
    {
        yield return $"count({column})";
        foreach (
            var condition in (string[])
                [
                    $"lower({column}) IN ('true', 'false')",
                    $"regexp_full_match({column}, '{ValuePatterns.Integer}')",
                    $"regexp_full_match({column}, '{ValuePatterns.Number}')",
                    $"regexp_full_match({column}, '{ValuePatterns.IsoDate}') AND {DateSpellings.Parse(column, [DateSpellings.Iso], dialect)} IS NOT NULL",
                    $"regexp_matches({column}, '\\d{{4}}') AND {DateSpellings.Parse(column, [.. DateSpellings.YearFirst, .. DateSpellings.MonthFirst], dialect)} IS NOT NULL",
                    $"regexp_matches({column}, '\\d{{4}}') AND {DateSpellings.Parse(column, [.. DateSpellings.YearFirst, .. DateSpellings.DayFirst], dialect)} IS NOT NULL",
                    $"contains({column}, '.')",
                    $"length({column}) > 10 AND TRY_CAST({column} AS TIMESTAMP) IS NOT NULL AND NOT regexp_matches({column}, '(Z|[+-]\\d\\d(:?\\d\\d)?)$')",
                    $"length({column}) > 10 AND TRY_CAST({column} AS TIMESTAMPTZ) IS NOT NULL",
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

namespace Headwater.Sql.Dialects;

/// <summary>PostgreSQL's SQL, from version 12.</summary>
public sealed class PostgresDialect : SqlDialect
{
    public static PostgresDialect Instance { get; } = new();

    private PostgresDialect() { }

    public override string Name => "postgres";

    public override bool HasSavepoints => true;

    // A date would become a timestamp with zone, and with it depend on the session.
    public override string TruncateToGrain(string grain, string expression) =>
        grain is "hour" or "minute" or "second"
            ? $"date_trunc('{grain}', CAST({expression} AS timestamp))"
            : $"CAST(date_trunc('{grain}', CAST({expression} AS timestamp)) AS date)";

    public override string AsText(string expression) => $"CAST({expression} AS text)";

    public override string AsDouble(string expression) => $"CAST({expression} AS double precision)";

    public override string IsOneOf(string expression, string listParameter) =>
        $"{expression} = ANY(CAST({listParameter} AS text[]))";

    public override string QuoteWord(string word) => Quote(word.ToLowerInvariant());

    public override bool DividesWholeNumbers => true;

    // Of whole numbers and decimals the server would give a numeric of sixteen and more digits.
    public override string Average(string expression) => $"avg(CAST({expression} AS double precision))";

    // There is no max of booleans, identifiers and others.
    public override string Sha256(string expression) => $"encode(sha256(convert_to({expression}, 'UTF8')), 'hex')";

    public override string OnlyValue(string expression) =>
        $"(array_agg({expression}) FILTER (WHERE {expression} IS NOT NULL))[1]";
}

namespace Headwater.Sql.Dialects;

/// <summary>DuckDB's SQL.</summary>
public sealed class DuckDbDialect : SqlDialect
{
    public static DuckDbDialect Instance { get; } = new();

    private DuckDbDialect() { }

    public override string Name => "duckdb";

    public override bool HasSavepoints => false;

    // date_trunc gives a date for a date and a timestamp for a timestamp; from day upwards both become a date.
    public override string TruncateToGrain(string grain, string expression) =>
        grain is "hour" or "minute" or "second"
            ? $"date_trunc('{grain}', {expression})"
            : $"date_trunc('{grain}', {expression})::date";

    public override string AsText(string expression) => $"CAST({expression} AS VARCHAR)";

    public override string AsDouble(string expression) => $"CAST({expression} AS DOUBLE)";

    public override string IsOneOf(string expression, string listParameter) =>
        $"list_contains({listParameter}, {expression})";

    public override bool DividesWholeNumbers => false;

    public override string Average(string expression) => $"avg({expression})";

    public override string Sha256(string expression) => $"sha256({expression})";

    public override string OnlyValue(string expression) => $"max({expression})";
}

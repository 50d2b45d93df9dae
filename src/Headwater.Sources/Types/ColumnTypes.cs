namespace Headwater.Sources.Types;

/// <summary>Types of landed columns, by the engine's names, and how they widen.</summary>
internal static class ColumnTypes
{
    public const string Text = "VARCHAR";
    public const string Integer = "BIGINT";
    public const string Number = "DOUBLE";
    public const string Boolean = "BOOLEAN";
    public const string Date = "DATE";
    public const string Time = "TIME";
    public const string Timestamp = "TIMESTAMP";
    public const string Json = "JSON";
    public const string ZonedTimestamp = "TIMESTAMP WITH TIME ZONE";

    // Each holds every value of those before it.
    private static readonly string[] Numbers =
    [
        "TINYINT",
        "UTINYINT",
        "SMALLINT",
        "USMALLINT",
        "INTEGER",
        "UINTEGER",
        "BIGINT",
        "UBIGINT",
        "HUGEINT",
        "FLOAT",
        "DOUBLE",
    ];

    /// <summary>A type that holds the values of both; text holds everything.</summary>
    public static string Common(string left, string right)
    {
        if (left == right)
        {
            return left;
        }

        if (IsDecimal(left) || IsDecimal(right))
        {
            // Precision of both is seldom the same: a double holds fifteen digits of either.
            return IsNumber(left) && IsNumber(right) ? Number : Text;
        }

        if (IsNumber(left) && IsNumber(right))
        {
            var wider = Numbers[Math.Max(Array.IndexOf(Numbers, left), Array.IndexOf(Numbers, right))];
            return wider switch
            {
                "FLOAT" => Number,
                // A signed and an unsigned of one width need the next.
                "UTINYINT" or "USMALLINT" or "UINTEGER" or "UBIGINT" => Numbers[Array.IndexOf(Numbers, wider) + 1],
                _ => wider,
            };
        }

        return (left is Json && IsNested(right)) || (right is Json && IsNested(left)) ? Json
            : (left, right) is (Date, Timestamp) or (Timestamp, Date) ? Timestamp
            : (left, right) is (Date, ZonedTimestamp) or (ZonedTimestamp, Date) ? ZonedTimestamp
            : (left, right) is (Timestamp, ZonedTimestamp) or (ZonedTimestamp, Timestamp) ? ZonedTimestamp
            : Text;
    }

    /// <summary>The engine's name of a type as people write it in a source file, or null if it is none.</summary>
    public static string? Find(string written)
    {
        var name = written.Trim().ToUpperInvariant();
        return name switch
        {
            "TEXT" or "STRING" or "VARCHAR" => Text,
            "INT" or "INTEGER" or "INT4" => "INTEGER",
            "BIGINT" or "INT8" or "LONG" => Integer,
            "SMALLINT" or "TINYINT" or "HUGEINT" or "FLOAT" or "TIME" or "DATE" or "UUID" => name,
            "DOUBLE" or "FLOAT8" or "NUMBER" or "DOUBLE PRECISION" => Number,
            "BOOL" or "BOOLEAN" => Boolean,
            "TIMESTAMP" or "DATETIME" => Timestamp,
            "TIMESTAMPTZ" or "TIMESTAMP WITH TIME ZONE" => ZonedTimestamp,
            "NUMERIC" or "DECIMAL" => "DECIMAL(18,3)",
            _ => IsDecimal(
                name.Replace("NUMERIC", "DECIMAL", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal)
            )
                ? name.Replace("NUMERIC", "DECIMAL", StringComparison.Ordinal)
                    .Replace(" ", "", StringComparison.Ordinal)
                : null,
        };
    }

    public static bool IsNumber(string type) => Numbers.Contains(type) || IsDecimal(type);

    private static bool IsNested(string type) =>
        type.EndsWith("[]", StringComparison.Ordinal)
        || type.StartsWith("STRUCT(", StringComparison.Ordinal)
        || type.StartsWith("MAP(", StringComparison.Ordinal);

    private static bool IsDecimal(string type) =>
        type.StartsWith("DECIMAL(", StringComparison.Ordinal)
        && type.EndsWith(')')
        && type[8..^1].Split(',') is [var precision, var scale]
        && int.TryParse(precision, out var digits)
        && int.TryParse(scale, out var decimals)
        && digits is >= 1 and <= 38
        && decimals >= 0
        && decimals <= digits;
}

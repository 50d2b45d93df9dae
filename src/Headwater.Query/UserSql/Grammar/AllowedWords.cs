using System.Collections.Frozen;

namespace Headwater.Query.UserSql.Grammar;

/// <summary>The closed lists of types, operators and keywords that nodes may carry.</summary>
internal static class AllowedWords
{
    /// <summary>Types of casts and constants: those of data, not of the engine's inner life.</summary>
    public static FrozenSet<string> Types { get; } =
        Set(
                "NULL BOOLEAN TINYINT SMALLINT INTEGER BIGINT HUGEINT UTINYINT USMALLINT UINTEGER UBIGINT UHUGEINT FLOAT DOUBLE DECIMAL VARCHAR BLOB BIT "
                    + "UUID DATE TIME TIMESTAMP TIMESTAMP_S TIMESTAMP_MS TIMESTAMP_NS INTERVAL LIST STRUCT MAP ARRAY UNBOUND"
            )
            .Append("TIMESTAMP WITH TIME ZONE")
            .Append("TIME WITH TIME ZONE")
            .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Names of types that the parser leaves to the binder.</summary>
    public static FrozenSet<string> NamedTypes { get; } =
        Set(
            "json text string numeric int int4 int8 int2 float4 float8 bool date timestamp timestamptz time interval uuid varchar bigint integer smallint double real decimal hugeint blob bit tinyint boolean ubigint uinteger usmallint utinyint char bpchar datetime"
        );

    public static FrozenSet<string> Operators { get; } =
        Set(
            "OPERATOR_NOT OPERATOR_IS_NULL OPERATOR_IS_NOT_NULL OPERATOR_UNPACK OPERATOR_COALESCE OPERATOR_NULLIF OPERATOR_TRY COMPARE_IN COMPARE_NOT_IN "
                + "ARRAY_EXTRACT ARRAY_SLICE STRUCT_EXTRACT ARRAY_CONSTRUCTOR ARROW GROUPING_FUNCTION"
        );

    public static FrozenSet<string> JoinKinds { get; } = Set("REGULAR NATURAL CROSS POSITIONAL ASOF");

    public static FrozenSet<string> ModifierTypes { get; } =
        Set("ORDER_MODIFIER LIMIT_MODIFIER LIMIT_PERCENT_MODIFIER DISTINCT_MODIFIER");

    /// <summary>Words that the engine takes for a function where no column has the name.</summary>
    public static FrozenSet<string> ValueWords { get; } =
        Set(
            "current_user session_user current_role current_catalog current_schema current_database current_query user"
        );

    /// <summary>The same, but of the clock: allowed, and never cached.</summary>
    public static FrozenSet<string> ClockWords { get; } =
        Set("current_date current_time current_timestamp localtime localtimestamp");

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}

using System.Collections.Frozen;
using Headwater.Sql.Dialects;

namespace Headwater.Sql.Parsing;

/// <summary>The words that are no names unless quoted.</summary>
internal static class ReservedWords
{
    private static readonly FrozenSet<string> Both = Words(
        """
        ALL ANALYSE ANALYZE AND ANY ARRAY AS ASC ASYMMETRIC BOTH CASE CAST CHECK COLLATE COLUMN CONSTRAINT CREATE DEFAULT DEFERRABLE DESC
        DISTINCT DO ELSE END EXCEPT FALSE FETCH FOR FOREIGN FROM GRANT GROUP HAVING IN INITIALLY INTERSECT INTO LATERAL LEADING LIMIT NOT
        NULL OFFSET ON ONLY OR ORDER PLACING PRIMARY REFERENCES RETURNING SELECT SOME SYMMETRIC TABLE THEN TO TRAILING TRUE UNION UNIQUE
        USING VARIADIC WHEN WHERE WINDOW WITH
        CROSS FULL INNER IS ISNULL JOIN LEFT LIKE ILIKE NATURAL NOTNULL OUTER OVERLAPS RIGHT SIMILAR TABLESAMPLE
        """
    );

    private static readonly FrozenSet<string> DuckDb = Words(
        "QUALIFY PIVOT UNPIVOT PIVOT_WIDER PIVOT_LONGER ASOF POSITIONAL ANTI SEMI LAMBDA GLOB SHOW DESCRIBE SUMMARIZE"
    );

    private static readonly FrozenSet<string> Values = Words(
        """
        CURRENT_DATE CURRENT_TIME CURRENT_TIMESTAMP LOCALTIME LOCALTIMESTAMP CURRENT_USER CURRENT_ROLE CURRENT_CATALOG CURRENT_SCHEMA
        SESSION_USER USER
        """
    );

    public static bool Contains(string keyword, SqlDialect dialect) =>
        Both.Contains(keyword) || (dialect is DuckDbDialect && DuckDb.Contains(keyword));

    /// <summary>Whether the word alone is a value.</summary>
    public static bool IsValue(string keyword, SqlDialect dialect) =>
        Values.Contains(keyword) && (dialect is PostgresDialect || keyword != "USER");

    private static FrozenSet<string> Words(string text) =>
        text.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)
            .ToFrozenSet(StringComparer.Ordinal);
}

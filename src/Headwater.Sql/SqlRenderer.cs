using Headwater.Sql.Dialects;
using Headwater.Sql.Rendering;

namespace Headwater.Sql;

/// <summary>Writes trees as text of one line.</summary>
public static class SqlRenderer
{
    /// <summary>The query as text: read again in the same dialect, it gives an equal tree. Linear in the size of the tree.</summary>
    public static string Render(Query query, SqlDialect dialect) => new SqlWriter(dialect).Render(query);

    /// <summary>An expression as text.</summary>
    public static string Render(SqlExpression expression, SqlDialect dialect) =>
        new SqlWriter(dialect).Render(expression);
}

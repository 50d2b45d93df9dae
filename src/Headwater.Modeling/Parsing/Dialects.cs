using Headwater.Sql.Dialects;

namespace Headwater.Modeling.Parsing;

/// <summary>The dialect of a target, which templates ask for before there is a connection.</summary>
internal static class Dialects
{
    public static SqlDialect Of(string targetType) =>
        targetType == PostgresDialect.Instance.Name ? PostgresDialect.Instance : DuckDbDialect.Instance;
}

using Headwater.Sql.Dialects;

namespace Headwater.Sql.Resolution;

/// <summary>Which names are the same: PostgreSQL folds unquoted names to lower case, DuckDB compares all without case.</summary>
internal sealed class NameRules(SqlDialect dialect)
{
    public bool IsDuckDb { get; } = dialect is DuckDbDialect;

    public SqlDialect Dialect { get; } = dialect;

    /// <summary>The name as the engine keeps it.</summary>
    public string Kept(Identifier name) => IsDuckDb || name.Quoted ? name.Text : name.Text.ToLowerInvariant();

    public bool Same(string left, string right) =>
        string.Equals(left, right, IsDuckDb ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
}

using System.Text.RegularExpressions;
using Headwater.Warehouse.Port;

namespace Headwater.Modeling.Rendering;

/// <summary>
/// The views of the information schema. Templates name them in three parts, as most engines allow; DuckDB has them once for all
/// databases, and knows them in two parts alone.
/// </summary>
internal static partial class CatalogViews
{
    /// <summary>The statement, with the warehouse's own name taken from before <c>information_schema</c> where the engine needs that.</summary>
    public static string WithoutCatalog(string sql, IWarehouse warehouse) =>
        warehouse.Dialect.Name == "duckdb" && sql.Contains("information_schema", StringComparison.OrdinalIgnoreCase)
            ? Qualified()
                .Replace(
                    sql,
                    match =>
                        string.Equals(
                            match.Groups["catalog"].Value,
                            warehouse.Catalog,
                            StringComparison.OrdinalIgnoreCase
                        )
                            ? match.Groups["schema"].Value
                            : match.Value
                )
            : sql;

    [GeneratedRegex(
        @"(?<![\w.""'])""?(?<catalog>\w+)""?\s*\.\s*(?<schema>""?information_schema""?\s*\.)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Qualified();
}

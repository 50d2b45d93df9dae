using System.Collections.Frozen;
using static Headwater.Query.UserSql.Grammar.PropertyKind;

namespace Headwater.Query.UserSql.Grammar;

/// <summary>
/// Every node of DuckDB's serialized syntax tree that user SQL may contain, with every property it may have. Frozen in source: what a newer engine
/// adds is refused until someone has looked at it.
/// </summary>
internal static class NodeShapes
{
    private static readonly (string, PropertyKind)[] ExpressionBase =
    [
        ("class", Plain),
        ("type", Plain),
        ("alias", Plain),
        ("query_location", Plain),
    ];

    private static readonly (string, PropertyKind)[] TableBase =
    [
        ("type", Plain),
        ("alias", Plain),
        ("sample", Empty),
        ("query_location", Plain),
    ];

    private static readonly (string, PropertyKind)[] QueryBase =
    [
        ("type", Plain),
        ("modifiers", Modifiers),
        ("cte_map", CommonTables),
    ];

    /// <summary>Expressions by class.</summary>
    public static FrozenDictionary<string, NodeShape> ByClass { get; } =
        new Dictionary<string, NodeShape>
        {
            ["CONSTANT"] = Of("a constant", ExpressionBase, ("value", Value)),
            ["COLUMN_REF"] = Of("a column", ExpressionBase, ("column_names", Plain)),
            ["POSITIONAL_REFERENCE"] = Of("a column by position", ExpressionBase, ("index", Plain)),
            ["FUNCTION"] = Of(
                "a function",
                ExpressionBase,
                ("function_name", Plain),
                ("schema", Plain),
                ("catalog", Empty),
                ("children", Expressions),
                ("filter", Expression),
                ("order_bys", OrderModifier),
                ("distinct", Plain),
                ("is_operator", Plain),
                ("export_state", Empty)
            ),
            ["WINDOW"] = Of(
                "a window function",
                ExpressionBase,
                ("function_name", Plain),
                ("schema", Plain),
                ("catalog", Empty),
                ("children", Expressions),
                ("partitions", Expressions),
                ("orders", Orders),
                ("start", Plain),
                ("end", Plain),
                ("start_expr", Expression),
                ("end_expr", Expression),
                ("offset_expr", Expression),
                ("default_expr", Expression),
                ("ignore_nulls", Plain),
                ("filter_expr", Expression),
                ("exclude_clause", Plain),
                ("distinct", Plain),
                ("arg_orders", Orders)
            ),
            ["COMPARISON"] = Of("a comparison", ExpressionBase, ("left", Expression), ("right", Expression)),
            ["CONJUNCTION"] = Of("and/or", ExpressionBase, ("children", Expressions)),
            ["OPERATOR"] = Of("an operator", ExpressionBase, ("children", Expressions)),
            ["BETWEEN"] = Of(
                "between",
                ExpressionBase,
                ("input", Expression),
                ("lower", Expression),
                ("upper", Expression)
            ),
            ["CAST"] = Of(
                "a cast",
                ExpressionBase,
                ("child", Expression),
                ("cast_type", PropertyKind.Type),
                ("try_cast", Plain)
            ),
            ["CASE"] = Of("case", ExpressionBase, ("case_checks", CaseChecks), ("else_expr", Expression)),
            ["SUBQUERY"] = Of(
                "a subquery",
                ExpressionBase,
                ("subquery_type", Plain),
                ("subquery", Statement),
                ("child", Expression),
                ("comparison_type", Plain)
            ),
            ["STAR"] = Of(
                "a star",
                ExpressionBase,
                ("relation_name", Plain),
                ("exclude_list", Plain),
                ("replace_list", KeyedExpressions),
                ("columns", Plain),
                ("expr", Expression),
                ("qualified_exclude_list", Empty),
                ("rename_list", Plain)
            ),
            ["LAMBDA"] = Of("a lambda", ExpressionBase, ("lhs", Expression), ("expr", Expression)),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Table references by type.</summary>
    public static FrozenDictionary<string, NodeShape> ByTableType { get; } =
        new Dictionary<string, NodeShape>
        {
            ["BASE_TABLE"] = Of(
                "a table",
                TableBase,
                ("schema_name", Plain),
                ("table_name", Plain),
                ("catalog_name", Plain),
                ("column_name_alias", Plain),
                ("at_clause", Empty)
            ),
            ["SUBQUERY"] = Of("a subquery", TableBase, ("subquery", Statement), ("column_name_alias", Plain)),
            ["JOIN"] = Of(
                "a join",
                TableBase,
                ("left", Table),
                ("right", Table),
                ("condition", Expression),
                ("join_type", Plain),
                ("ref_type", Plain),
                ("using_columns", Plain),
                ("delim_flipped", Empty),
                ("duplicate_eliminated_columns", Empty)
            ),
            ["TABLE_FUNCTION"] = Of(
                "a table function",
                TableBase,
                ("function", Expression),
                ("column_name_alias", Plain),
                ("with_ordinality", Plain)
            ),
            ["EXPRESSION_LIST"] = Of(
                "a list of values",
                TableBase,
                ("expected_names", Empty),
                ("expected_types", Empty),
                ("values", ExpressionRows)
            ),
            ["EMPTY"] = Of("no table", TableBase),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Query nodes by type.</summary>
    public static FrozenDictionary<string, NodeShape> ByQueryType { get; } =
        new Dictionary<string, NodeShape>
        {
            ["SELECT_NODE"] = Of(
                "a select",
                QueryBase,
                ("select_list", Expressions),
                ("from_table", Table),
                ("where_clause", Expression),
                ("group_expressions", Expressions),
                ("group_sets", Plain),
                ("aggregate_handling", Plain),
                ("having", Expression),
                ("sample", Empty),
                ("qualify", Expression)
            ),
            ["SET_OPERATION_NODE"] = Of(
                "a set operation",
                QueryBase,
                ("setop_type", Plain),
                ("setop_all", Plain),
                ("left", PropertyKind.Query),
                ("right", PropertyKind.Query)
            ),
            ["RECURSIVE_CTE_NODE"] = Of(
                "a recursive query",
                QueryBase,
                ("cte_name", Plain),
                ("union_all", Plain),
                ("left", PropertyKind.Query),
                ("right", PropertyKind.Query),
                ("aliases", Plain),
                ("key_targets", Expressions)
            ),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    private static NodeShape Of(
        string description,
        (string, PropertyKind)[] common,
        params (string, PropertyKind)[] own
    ) => new(description, [.. common, .. own]);
}

using System.Text.Json.Nodes;
using Headwater.Kernel.Names;
using Headwater.Query.Publishing;
using Headwater.Query.UserSql.Grammar;

namespace Headwater.Query.UserSql.Rewriting;

/// <summary>
/// An upper bound of the columns that each query of a rewritten statement has, stars unfolded: a chain of <c>select a.*, b.*</c> doubles at every
/// step, and binding it is not interruptible.
/// </summary>
internal sealed class ColumnBound(IReadOnlyList<ReachableRelation> relations, int widest)
{
    private readonly Dictionary<string, int> _commonTables = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _tables = relations
        .GroupBy(relation => relation.Name.Name, StringComparer.OrdinalIgnoreCase)
        .ToDictionary(
            group => group.Key,
            group => group.Max(relation => relation.Columns.Count),
            StringComparer.OrdinalIgnoreCase
        );

    /// <exception cref="Kernel.Diagnostics.DiagnosticException">HW5108.</exception>
    public void Check(JsonObject query) => Query(query);

    private int Query(JsonObject node)
    {
        foreach (var item in node["cte_map"]?["map"] as JsonArray ?? [])
        {
            var name = item!["key"]!.GetValue<string>();
            // While its body is measured, a recursive one counts as what its first part has.
            var body = item["value"]!["query"]!["node"]!.AsObject();
            if (body["type"]!.GetValue<string>() == "RECURSIVE_CTE_NODE")
            {
                _commonTables[name] = Query(body["left"]!.AsObject());
            }

            _commonTables[name] = Query(body);
        }

        var width =
            node["type"]!.GetValue<string>() == "SELECT_NODE"
                ? Select(node)
                : Math.Max(Query(node["left"]!.AsObject()), Query(node["right"]!.AsObject()));
        Nested(node["modifiers"]);
        return Bounded(width);
    }

    private int Select(JsonObject node)
    {
        var source = Table(node["from_table"] as JsonObject);
        var width = 0;
        foreach (var item in node["select_list"]!.AsArray())
        {
            width = Bounded(width + Stars(item!) * Math.Max(source, 1) + 1);
        }

        foreach (var part in (string[])["select_list", "where_clause", "group_expressions", "having", "qualify"])
        {
            Nested(node[part]);
        }

        return width;
    }

    private static int Stars(JsonNode node) =>
        node switch
        {
            JsonObject item when item["class"]?.ToString() == "SUBQUERY" => 0,
            JsonObject item => (item["class"]?.ToString() == "STAR" ? 1 : 0)
                + item.Sum(property => property.Value is null ? 0 : Stars(property.Value)),
            JsonArray items => items.Sum(item => item is null ? 0 : Stars(item)),
            _ => 0,
        };

    private int Table(JsonObject? table)
    {
        switch (table?["type"]?.GetValue<string>())
        {
            case "BASE_TABLE":
                var name = table["table_name"]!.GetValue<string>();
                return _commonTables.TryGetValue(name, out var width) || _tables.TryGetValue(name, out width)
                    ? width
                    : widest;
            case "SUBQUERY":
                return Query(table["subquery"]!["node"]!.AsObject());
            case "JOIN":
                Nested(table["condition"]);
                return Bounded(Table(table["left"]!.AsObject()) + Table(table["right"]!.AsObject()));
            case "EXPRESSION_LIST":
                Nested(table["values"]);
                return table["values"]!.AsArray().Max(row => row!.AsArray().Count);
            case "TABLE_FUNCTION":
                Nested(table["function"]);
                return 16;
            default:
                return 0;
        }
    }

    // Subqueries inside expressions.
    private void Nested(JsonNode? node)
    {
        switch (node)
        {
            case JsonArray items:
                foreach (var item in items)
                {
                    Nested(item);
                }

                break;
            case JsonObject { } item when item.ContainsKey("select_list") || item.ContainsKey("setop_type"):
                Query(item);
                break;
            case JsonObject item:
                foreach (var (_, value) in item)
                {
                    Nested(value);
                }

                break;
        }
    }

    private static int Bounded(int width) =>
        width <= StatementLimits.Columns
            ? width
            : throw QueryDiagnostics
                .SqlTooLarge.With($"a part of it has more than {StatementLimits.Columns} columns")
                .ToException();
}

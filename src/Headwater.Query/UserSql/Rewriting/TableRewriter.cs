using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Names;
using Headwater.Query.Publishing;

namespace Headwater.Query.UserSql.Rewriting;

/// <summary>
/// Resolves every table reference of a gated tree to a common table expression in scope or to a published relation, and writes the full name in its
/// place. Common table expressions get random names, so that nothing can be named like one by chance or by intent. One instance a statement.
/// </summary>
internal sealed class TableRewriter(ITableResolver tables)
{
    private readonly List<ReachableRelation> _relations = [];

    /// <summary>The published relations that were found, each once.</summary>
    public IReadOnlyList<ReachableRelation> Relations => _relations;

    /// <summary>Rewrites a tree in place.</summary>
    /// <exception cref="DiagnosticException">HW5107 or HW5112: a table that does not exist for the asker.</exception>
    public void Rewrite(JsonObject query) => Query(query, Scope.Empty);

    private void Query(JsonObject node, Scope scope)
    {
        var inner = scope;
        foreach (var item in node["cte_map"]?["map"] as JsonArray ?? [])
        {
            inner = CommonTable(item!.AsObject(), inner);
        }

        foreach (var (name, value) in node.ToList())
        {
            if (name != "cte_map" && value is not null)
            {
                Walk(value, inner);
            }
        }
    }

    // The body sees what stands before it; only a recursive one sees itself.
    private Scope CommonTable(JsonObject item, Scope scope)
    {
        var name = item["key"]!.GetValue<string>();
        var random = "cte_" + RandomNumberGenerator.GetHexString(16, lowercase: true);
        var extended = scope.With(name, random);
        item["key"] = random;
        var statement = item["value"]!["query"]!.AsObject();
        var body = statement["node"]!.AsObject();
        if (body["type"]!.GetValue<string>() == "RECURSIVE_CTE_NODE")
        {
            body["cte_name"] = random;
            Query(body, extended);
        }
        else
        {
            Query(body, scope);
        }

        foreach (var target in item["value"]!["key_targets"] as JsonArray ?? [])
        {
            Walk(target!, scope);
        }

        return extended;
    }

    private void Walk(JsonNode node, Scope scope)
    {
        switch (node)
        {
            case JsonArray array:
                foreach (var item in array)
                {
                    if (item is not null)
                    {
                        Walk(item, scope);
                    }
                }

                break;
            case JsonObject { } table when table["type"] is JsonValue type && type.ToString() == "BASE_TABLE":
                Table(table, scope);
                break;
            case JsonObject { } query when query.ContainsKey("cte_map"):
                Query(query, scope);
                break;
            case JsonObject other:
                foreach (var (_, value) in other)
                {
                    if (value is not null)
                    {
                        Walk(value, scope);
                    }
                }

                break;
        }
    }

    private void Table(JsonObject table, Scope scope)
    {
        var catalog = table["catalog_name"]!.GetValue<string>();
        var schema = table["schema_name"]!.GetValue<string>();
        var name = table["table_name"]!.GetValue<string>();
        if (catalog.Length == 0 && schema.Length == 0 && scope.Find(name) is { } random)
        {
            Rename(table, name, random);
            return;
        }

        var relation = tables.Resolve(catalog, schema, name);
        if (!_relations.Contains(relation))
        {
            _relations.Add(relation);
        }

        var target = tables.Target(relation);
        table["catalog_name"] = target.Catalog;
        table["schema_name"] = target.Relation.Schema;
        Rename(table, name, target.Relation.Name);
    }

    // Columns are written with the name that the user knows.
    private static void Rename(JsonObject table, string written, string name)
    {
        table["table_name"] = name;
        if (
            table["alias"]!.GetValue<string>().Length == 0
            && !string.Equals(written, name, StringComparison.OrdinalIgnoreCase)
        )
        {
            table["alias"] = written;
        }
    }

    /// <summary>Common table expressions in scope, innermost first.</summary>
    private sealed class Scope(string? name, string? random, Scope? outer)
    {
        public static Scope Empty { get; } = new(null, null, null);

        public Scope With(string newName, string newRandom) => new(newName, newRandom, this);

        public string? Find(string sought)
        {
            for (var scope = this; scope is not null; scope = scope.Outer)
            {
                if (string.Equals(scope.Name, sought, StringComparison.OrdinalIgnoreCase))
                {
                    return scope.Random;
                }
            }

            return null;
        }

        private string? Name { get; } = name;

        private string? Random { get; } = random;

        private Scope? Outer { get; } = outer;
    }
}

/// <summary>Finds published relations for one asker.</summary>
internal interface ITableResolver
{
    /// <summary>The relation that a reference names; empty parts were not written.</summary>
    /// <exception cref="DiagnosticException">HW5107: none that this asker may see. HW5112: several.</exception>
    ReachableRelation Resolve(string catalog, string schema, string name);

    /// <summary>Where its rows are read from for this asker.</summary>
    TableTarget Target(ReachableRelation relation);
}

/// <summary>A table by its full name.</summary>
internal sealed record TableTarget(string Catalog, RelationName Relation);

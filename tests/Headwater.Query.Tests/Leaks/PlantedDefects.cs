using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Headwater.Kernel.Names;
using Headwater.Metrics.Planning;
using Headwater.Query.Caching;
using Headwater.Query.Policies;
using Headwater.Query.Publishing;
using Headwater.Query.UserSql;
using Headwater.Query.UserSql.Rewriting;
using Headwater.Sql;
using Headwater.Sql.Masking;
using Headwater.Warehouse;

namespace Headwater.Query.Tests.Leaks;

/// <summary>Faults as one could make them in the gate: each a small one, in one place.</summary>
internal static class PlantedDefects
{
    public static IReadOnlyDictionary<string, Func<WarehouseHost, GateSeams>> All { get; } =
        new Dictionary<string, Func<WarehouseHost, GateSeams>>
        {
            ["a common table reads the table itself"] = Clear("/cte_map/"),
            ["a subquery of the SELECT list reads the table itself"] = Clear("/select_list/"),
            ["a subquery of WHERE reads the table itself"] = Clear("/where_clause/"),
            ["a subquery of ORDER BY reads the table itself"] = Clear("/modifiers/"),
            ["the second half of a set operation reads the table itself"] = Clear("/SET_OPERATION_NODE/right/"),
            ["the right side of a join reads the table itself"] = Clear("/JOIN/right/"),
            ["answers are filed without the policy"] = _ =>
                GateSeams.None with
                {
                    Key = key => new CacheKey(key.Question, ""),
                },
            ["the rows behind a number have no rules"] = Without<RowsQuestion>(access => access with { Rows = [] }),
            ["the values of a dimension have no rules"] = Without<DimensionValuesQuestion>(access =>
                access with
                {
                    Rows = [],
                }
            ),
            ["metrics have no masks"] = Without<MetricQuestion>(access => access with { Masks = NoMasks.Instance }),
            ["a rule without values is left out"] = Without<Question>(access =>
                access with
                {
                    Rows = [.. access.Rows.Where(rule => rule.Values.Count > 0)],
                }
            ),
            ["of several rules the first holds"] = Without<MetricQuestion>(access =>
                access with
                {
                    Rows = [.. access.Rows.Take(1)],
                }
            ),
        };

    private static Func<WarehouseHost, GateSeams> Without<T>(Func<AccessRules, AccessRules> change)
        where T : Question =>
        _ =>
            GateSeams.None with
            {
                Policy = (question, policy) => question is T ? policy with { Access = change(policy.Access) } : policy,
            };

    // The statement has passed: in one place the name of the copy is exchanged for that of the table.
    private static Func<WarehouseHost, GateSeams> Clear(string place) =>
        host =>
        {
            var copies = new ConcurrentDictionary<string, RelationName>(StringComparer.Ordinal);
            return GateSeams.None with
            {
                Tables = tables => new Watched(tables, copies),
                Statement = async (statement, cancellationToken) =>
                {
                    if (!copies.Keys.Any(copy => statement.Text.Contains(copy, StringComparison.Ordinal)))
                    {
                        return statement;
                    }

                    await using var connection = await host.Warehouse.ConnectAsync(cancellationToken);
                    var syntax = new SyntaxTree(connection);
                    var tree = await syntax.ParseAsync(statement.Text, cancellationToken);
                    Exchange(tree, "/", place, copies, host.Warehouse.Catalog);
                    return statement with { Text = await syntax.PrintAsync(tree, cancellationToken) };
                },
            };
        };

    private static void Exchange(
        JsonNode node,
        string path,
        string place,
        ConcurrentDictionary<string, RelationName> copies,
        string catalog
    )
    {
        if (node is JsonArray items)
        {
            foreach (var item in items.OfType<JsonNode>())
            {
                Exchange(item, path, place, copies, catalog);
            }
        }
        else if (node is JsonObject fields)
        {
            var type = fields["type"] as JsonValue;
            if (
                path.Contains(place, StringComparison.Ordinal)
                && fields["table_name"] is JsonValue name
                && copies.TryGetValue(name.ToString(), out var clear)
            )
            {
                fields["catalog_name"] = catalog;
                fields["schema_name"] = clear.Schema;
                fields["table_name"] = clear.Name;
            }

            foreach (var (field, value) in fields.ToList())
            {
                if (value is not null)
                {
                    Exchange(value, $"{path}{type}/{field}/", place, copies, catalog);
                }
            }
        }
    }

    /// <summary>Notes which copy stands for which table.</summary>
    private sealed class Watched(ITableResolver tables, ConcurrentDictionary<string, RelationName> copies)
        : ITableResolver
    {
        public ReachableRelation Resolve(string catalog, string schema, string name) =>
            tables.Resolve(catalog, schema, name);

        public TableTarget Target(ReachableRelation relation)
        {
            var target = tables.Target(relation);
            if (target.Relation != relation.Name)
            {
                copies[target.Relation.Name] = relation.Name;
            }

            return target;
        }
    }
}

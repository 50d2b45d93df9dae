using System.Text;
using System.Text.Json;
using Headwater.DuckDb.Database;
using Headwater.DuckDb.Results;
using Headwater.DuckDb.Statements;
using Headwater.Sql;
using Headwater.Sql.Syntax;

namespace Headwater.Testing;

/// <summary>What DuckDB's own parser says of the relations and functions of a query: <see cref="SqlReferences"/> must say the same.</summary>
public sealed class DuckDbReferences : IDisposable
{
    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = 4_000 };

    private readonly DuckDbDatabase _database = DuckDbDatabase.Open(null, new Dictionary<string, string>());
    private readonly DuckDbConnection _connection;

    public DuckDbReferences() => _connection = _database.Connect();

    /// <summary>In what the two disagree, a sentence each; null where the engine does not take the text.</summary>
    public IReadOnlyList<string>? Differences(string text, Query query)
    {
        using var document = JsonDocument.Parse(Serialize(text), Reading);
        if (document.RootElement.GetProperty("error").GetBoolean())
        {
            return null;
        }

        var theirs = new Walk();
        foreach (var statement in document.RootElement.GetProperty("statements").EnumerateArray())
        {
            theirs.Visit(statement, []);
        }

        var ours = SqlReferences.Of(query);
        var relations = ours.Relations.Select(name => name.ToString().ToLowerInvariant()).ToHashSet();
        var functions = ours.Functions.Select(Canonical).ToHashSet();
        // columns(…) is a star there.
        functions.Remove("columns");
        var implied = new HashSet<string>();
        Imply(query, implied);
        return
        [
            .. relations.Except(theirs.Relations).Select(name => $"the relation {name} is ours alone"),
            .. theirs.Relations.Except(relations).Select(name => $"the relation {name} is theirs alone"),
            .. functions
                .Except(theirs.Functions)
                .Except(theirs.Operators)
                .Select(name => $"the function {name} is ours alone"),
            .. theirs
                .Functions.Except(functions)
                .Except(implied)
                .Select(name => $"the function {name} is theirs alone"),
        ];
    }

    public void Dispose()
    {
        _connection.Dispose();
        _database.Dispose();
    }

    private string Serialize(string text)
    {
        using var statement = _connection.Prepare("SELECT json_serialize_sql($1::VARCHAR)::VARCHAR");
        using var value = DuckDbValue.Text(text);
        statement.Bind(1, value);
        using var result = statement.Execute(CancellationToken.None);
        using var chunk = result.Fetch(CancellationToken.None)!;
        return Encoding.UTF8.GetString(DuckDbString.Bytes(in chunk.Vector(0).Values<DuckDbString>()[0]));
    }

    private static string Canonical(string name) =>
        name switch
        {
            "count_star" => "count",
            "percentile_cont" => "quantile_cont",
            "percentile_disc" => "quantile_disc",
            _ => name,
        };

    // What has a syntax of its own here is a function there.
    private static void Imply(SqlNode node, HashSet<string> names)
    {
        names.UnionWith(
            node switch
            {
                Extract => ["date_part", "datepart"],
                KeywordCall call => [call.Name, "trim", "ltrim", "rtrim", "position", "strpos", "instr"],
                KeywordValue value => [value.Name, $"get_{value.Name}"],
                IntervalLiteral =>
                [
                    "to_years",
                    "to_months",
                    "to_days",
                    "to_hours",
                    "to_minutes",
                    "to_seconds",
                    "to_milliseconds",
                    "to_microseconds",
                    "trunc",
                    "to_weeks",
                    "to_quarters",
                    "to_decades",
                    "to_centuries",
                    "to_millennia",
                ],
                Binary { Operator: "AT TIME ZONE" } => ["timezone"],
                ArrayLiteral or ListComprehension =>
                [
                    "list_value",
                    "list_apply",
                    "list_filter",
                    "list_transform",
                    "struct_pack",
                ],
                FunctionCall { Arguments: [{ Value: Star or Binary { Operator: "->" } }] } => ["list_filter"],
                ArrayQuery => ["array_agg", "list", "array"],
                StructLiteral or RowValue => ["struct_pack", "row"],
                MapLiteral => ["map", "list_value"],
                PatternMatch =>
                [
                    "regexp_full_match",
                    "like_escape",
                    "ilike_escape",
                    "not_like_escape",
                    "not_ilike_escape",
                ],
                Collate => ["collate"],
                Quantified => ["unnest"],
                InList { Parenthesized: false } => ["contains"],
                FieldAccess or ColumnReference => ["struct_extract"],
                Subscript or Slice => ["array_extract", "array_slice"],
                _ => (IEnumerable<string>)[],
            }
        );
        foreach (var child in node.ChildNodes())
        {
            if (child is not null)
            {
                Imply(child, names);
            }
        }
    }

    private sealed class Walk
    {
        public HashSet<string> Relations { get; } = [];

        public HashSet<string> Functions { get; } = [];

        /// <summary>Calls that the engine has nodes of their own for, such as COALESCE.</summary>
        public HashSet<string> Operators { get; } = [];

        public void Visit(JsonElement node, HashSet<string> tables)
        {
            if (node.ValueKind == JsonValueKind.Array)
            {
                foreach (var item in node.EnumerateArray())
                {
                    Visit(item, tables);
                }
            }

            if (node.ValueKind != JsonValueKind.Object)
            {
                return;
            }

            if (node.TryGetProperty("cte_map", out var map))
            {
                tables = new HashSet<string>(tables, StringComparer.OrdinalIgnoreCase);
                foreach (var entry in map.GetProperty("map").EnumerateArray())
                {
                    var name = entry.GetProperty("key").GetString()!;
                    var query = entry.GetProperty("value").GetProperty("query");
                    if (IsRecursive(query))
                    {
                        tables.Add(name);
                    }

                    Visit(query, tables);
                    tables.Add(name);
                }
            }

            Note(node, tables);
            foreach (var property in node.EnumerateObject().Where(property => property.Name != "cte_map"))
            {
                Visit(property.Value, tables);
            }
        }

        private static bool IsRecursive(JsonElement query) =>
            query.TryGetProperty("node", out var node) && Text(node, "type") == "RECURSIVE_CTE_NODE";

        private void Note(JsonElement node, HashSet<string> tables)
        {
            var type = Text(node, "type");
            if (type == "BASE_TABLE")
            {
                string[] parts = [Text(node, "catalog_name"), Text(node, "schema_name"), Text(node, "table_name")];
                var name = string.Join('.', parts.Where(part => part.Length > 0));
                if (!tables.Contains(name))
                {
                    Relations.Add(name.ToLowerInvariant());
                }
            }
            else if (Text(node, "function_name") is { Length: > 0 } function)
            {
                var schema = Text(node, "schema");
                var isOperator = node.TryGetProperty("is_operator", out var flag) && flag.GetBoolean();
                var name = Canonical(
                    (schema.Length > 0 && schema != "main" ? $"{schema}.{function}" : function).ToLowerInvariant()
                );
                (isOperator ? Operators : Functions).Add(name);
            }
            else if (type.StartsWith("OPERATOR_", StringComparison.Ordinal))
            {
                Operators.Add(type["OPERATOR_".Length..].ToLowerInvariant());
            }
        }

        private static string Text(JsonElement node, string name) =>
            node.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
                ? value.GetString()!
                : "";
    }
}

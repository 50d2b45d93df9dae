using System.Text.Json;
using System.Text.Json.Nodes;
using Headwater.Warehouse.Port;

namespace Headwater.Query.UserSql;

/// <summary>
/// Text to DuckDB's syntax tree and back, by the engine's own parser and printer. The tree is JSON whose numbers stay text: 64-bit values do not
/// survive a double.
/// </summary>
internal sealed class SyntaxTree(IWarehouseConnection connection)
{
    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = 1_000 };

    /// <summary>The node of the one SELECT in a text.</summary>
    /// <exception cref="Kernel.Diagnostics.DiagnosticException">HW5101 to HW5103.</exception>
    public async ValueTask<JsonObject> ParseAsync(string sql, CancellationToken cancellationToken)
    {
        var parsed = await CallAsync("json_serialize_sql($1::VARCHAR)", sql, cancellationToken);
        JsonNode root;
        try
        {
            root = JsonNode.Parse(parsed, documentOptions: Reading)!;
        }
        catch (JsonException)
        {
            throw QueryDiagnostics.SqlTooLarge.With("it is nested too deep").ToException();
        }

        if (root["error"]!.GetValue<bool>())
        {
            throw Refuse(root);
        }

        var statements = root["statements"]!.AsArray();
        if (statements.Count != 1)
        {
            throw QueryDiagnostics.NotOneSelect.With(statements.Count).ToException();
        }

        var statement = statements[0]!.AsObject();
        if (statement["named_param_map"] is JsonArray { Count: > 0 })
        {
            throw QueryDiagnostics.SqlConstruct.With("parameters").ToException();
        }

        return statement["node"]!.DeepClone().AsObject();
    }

    /// <summary>The text of a node, in the engine's own spelling.</summary>
    public async ValueTask<string> PrintAsync(JsonObject node, CancellationToken cancellationToken)
    {
        var statement = new JsonObject
        {
            ["error"] = false,
            ["statements"] = new JsonArray(
                new JsonObject { ["node"] = node.DeepClone(), ["named_param_map"] = new JsonArray() }
            ),
        };
        return await CallAsync("json_deserialize_sql($1::JSON)", statement.ToJsonString(), cancellationToken);
    }

    /// <summary>Whether two trees say the same, their places in a text aside.</summary>
    public static bool AreEqual(JsonNode? left, JsonNode? right)
    {
        switch (left, right)
        {
            case (JsonObject a, JsonObject b):
                var names = a.Select(property => property.Key).Union(b.Select(property => property.Key));
                return names.All(name => name == "query_location" || AreEqual(a[name], b[name]));
            case (JsonArray a, JsonArray b):
                return a.Count == b.Count && a.Zip(b).All(pair => AreEqual(pair.First, pair.Second));
            case (JsonValue a, JsonValue b):
                return a.ToJsonString() == b.ToJsonString();
            default:
                return left is null && right is null;
        }
    }

    private static Kernel.Diagnostics.DiagnosticException Refuse(JsonNode root)
    {
        // The parser's message quotes the statement alone: it has not looked at data or names yet.
        var message = root["error_message"]?.GetValue<string>() ?? "";
        if (root["error_type"]?.GetValue<string>() == "not implemented")
        {
            return QueryDiagnostics.NotSelect.With().ToException();
        }

        var position = root["position"]?.GetValue<string>();
        return QueryDiagnostics
            .SqlSyntax.With(position is null ? message : $"{message} (character {position})")
            .ToException();
    }

    private async ValueTask<string> CallAsync(string function, string argument, CancellationToken cancellationToken)
    {
        try
        {
            var result = await connection.QueryAsync(
                new SqlCommand($"SELECT {function}", [new SqlParameter(argument)]),
                cancellationToken
            );
            return (string)result.Value(0, 0)!;
        }
        catch (WarehouseException)
        {
            // Neither text came from the engine's data, but its messages are not ours to give out.
            throw QueryDiagnostics.SqlSyntax.With("the parser refuses it").ToException();
        }
    }
}

using System.Text.Json.Nodes;
using Headwater.Kernel.Diagnostics;

namespace Headwater.Query.UserSql;

/// <summary>Reading the nodes of a syntax tree, and refusing them.</summary>
internal static class SyntaxNodes
{
    public static void Each(JsonNode? list, Action<JsonObject> check)
    {
        foreach (var item in list as JsonArray ?? [])
        {
            check(item!.AsObject());
        }
    }

    public static bool IsEmpty(JsonNode? value) =>
        value switch
        {
            null => true,
            JsonArray array => array.Count == 0,
            JsonValue single => single.ToJsonString() is "\"\"" or "false" or "null",
            _ => false,
        };

    public static string Text(JsonObject node, string name) => node[name]?.GetValue<string>() ?? "";

    public static void Require(bool allowed, string what)
    {
        if (!allowed)
        {
            throw Refused(what);
        }
    }

    public static DiagnosticException Refused(string what) => QueryDiagnostics.SqlConstruct.With(what).ToException();
}

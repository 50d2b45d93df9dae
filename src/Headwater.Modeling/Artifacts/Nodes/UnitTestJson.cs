using System.Text.Json;
using Headwater.Jinja.Values;
using Headwater.Modeling.Graph;

namespace Headwater.Modeling.Artifacts;

/// <summary>A unit test.</summary>
internal static class UnitTestJson
{
    public static void Write(Utf8JsonWriter json, UnitTestNode test, NodeFields fields)
    {
        var model = (ModelNode)fields.Manifest.Nodes[test.ModelId];
        json.WriteString("model", model.Name);
        json.WriteStartArray("given");
        foreach (var given in test.Given)
        {
            json.WriteStartObject();
            json.WriteString("input", InputOf(given, fields.Manifest));
            Rows(json, given.Rows);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("expect");
        Rows(json, test.Expect);
        json.WriteEndObject();
        json.WriteString("description", test.Description ?? "");
        json.WriteStartObject("overrides");
        json.Write("macros", test.MacroOverrides);
        json.Write("vars", test.VariableOverrides);
        json.Write("env_vars", test.EnvironmentOverrides);
        json.WriteEndObject();
        fields.DependsOn(json, test);
        NodeFields.Config(json, test);
        json.WriteString("schema", model.Relation.Schema);
        fields.Created(json);
        NodeFields.Version(json, "version", test.Version);
    }

    private static string InputOf(UnitTestInput input, Manifest manifest) =>
        input.NodeId is null ? "this"
        : manifest.Nodes[input.NodeId] is SourceNode source ? $"source('{source.SourceName}', '{source.Name}')"
        : $"ref('{manifest.Nodes[input.NodeId].Name}')";

    private static void Rows(Utf8JsonWriter json, UnitTestRows rows)
    {
        if (rows is UnitTestQuery query)
        {
            json.WriteString("rows", query.Sql);
            json.WriteString("format", "sql");
            return;
        }

        json.Write("rows", new JinjaList(((UnitTestTable)rows).Rows));
        json.WriteString("format", "dict");
    }
}

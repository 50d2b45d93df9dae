using System.Text.Json;
using Headwater.Modeling.Graph;

namespace Headwater.Modeling.Artifacts;

/// <summary>What only generic tests have; a singular one has nothing of its own.</summary>
internal static class TestJson
{
    public static void Write(Utf8JsonWriter json, TestNode test)
    {
        if (test.Generic is not { } generic)
        {
            return;
        }

        json.WriteString("column_name", generic.ColumnName);
        json.WriteString("attached_node", generic.TargetId);
        json.WriteStartObject("test_metadata");
        json.WriteString("name", generic.TestName);
        var arguments = generic.Arguments.Copy();
        if (generic.ColumnName is { } column)
        {
            arguments["column_name"] = column;
        }

        json.Write("kwargs", arguments);
        json.WriteString("namespace", generic.MacroPackage);
        json.WriteEndObject();
    }
}

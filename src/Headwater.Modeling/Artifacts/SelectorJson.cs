using System.Text.Json;
using Headwater.Modeling.Graph;

namespace Headwater.Modeling.Artifacts;

/// <summary>The section <c>selectors</c>: the named selections, spelled out.</summary>
internal static class SelectorJson
{
    public static void WriteAll(Utf8JsonWriter json, Manifest manifest)
    {
        json.WriteStartObject("selectors");
        foreach (var selector in manifest.Selectors)
        {
            json.WriteStartObject(selector.Name);
            json.WriteString("name", selector.Name);
            json.WriteString("description", selector.Description);
            json.WriteBoolean("default", selector.IsDefault);
            json.WritePropertyName("definition");
            Term(json, selector.Definition);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void Term(Utf8JsonWriter json, SelectorTerm term)
    {
        switch (term)
        {
            case SelectorText text:
                json.WriteStringValue(text.Text);
                break;
            case SelectorReference reference:
                json.WriteStartObject();
                json.WriteString("method", "selector");
                json.WriteString("value", reference.Name);
                json.WriteEndObject();
                break;
            case SelectorMethod method:
                Method(json, method);
                break;
            case SelectorUnion union:
                Set(json, "union", union.Parts, union.Exclude);
                break;
            case SelectorIntersection intersection:
                Set(json, "intersection", intersection.Parts, intersection.Exclude);
                break;
        }
    }

    private static void Method(Utf8JsonWriter json, SelectorMethod method)
    {
        json.WriteStartObject();
        json.WriteString("method", method.Method);
        json.WriteString("value", method.Value);
        Steps(json, "parents", method.ParentSteps);
        Steps(json, "children", method.ChildSteps);
        if (method.ChildrensParents)
        {
            json.WriteBoolean("childrens_parents", true);
        }

        json.WriteEndObject();
    }

    private static void Steps(Utf8JsonWriter json, string direction, int? steps)
    {
        if (steps is not { } count)
        {
            return;
        }

        json.WriteBoolean(direction, true);
        if (count != int.MaxValue)
        {
            json.WriteNumber(direction + "_depth", count);
        }
    }

    private static void Set(
        Utf8JsonWriter json,
        string name,
        IReadOnlyList<SelectorTerm> parts,
        IReadOnlyList<SelectorTerm> exclude
    )
    {
        json.WriteStartObject();
        json.WriteStartArray(name);
        foreach (var part in parts)
        {
            Term(json, part);
        }

        if (exclude.Count > 0)
        {
            json.WriteStartObject();
            json.WriteStartArray("exclude");
            foreach (var part in exclude)
            {
                Term(json, part);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}

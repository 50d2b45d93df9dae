using System.Text.Json;
using Headwater.Modeling.Graph;

namespace Headwater.Modeling.Artifacts;

/// <summary>Something outside that reads models and metrics.</summary>
internal static class ExposureJson
{
    public static void Write(Utf8JsonWriter json, ExposureNode exposure, NodeFields fields)
    {
        json.WriteString("type", exposure.Kind);
        NodeFields.Owner(json, exposure.Owner);
        json.WriteString("description", exposure.Description ?? "");
        json.WriteString("label", exposure.Label);
        json.WriteString("maturity", exposure.Maturity);
        json.Write("meta", exposure.Meta);
        json.WriteTexts("tags", exposure.Tags);
        json.WriteString("url", exposure.Url);
        NodeFields.Config(json, exposure);
        fields.DependsOn(json, exposure);
        fields.References(json, exposure);
        fields.Sources(json, exposure);
        fields.Metrics(json, exposure);
        fields.Created(json);
    }
}

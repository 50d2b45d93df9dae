using System.Text.Json;
using Headwater.Modeling.Graph;

namespace Headwater.Modeling.Artifacts;

/// <summary>What only models have.</summary>
internal static class ModelJson
{
    public static void Write(Utf8JsonWriter json, ModelNode model)
    {
        json.WriteString("access", model.Access.ToString().ToLowerInvariant());
        ContractJson.Constraints(json, model.Constraints, withColumns: true);
        NodeFields.Version(json, "version", model.Version?.Number);
        NodeFields.Version(json, "latest_version", model.Version?.Latest);
        json.WriteTexts("primary_key", PrimaryKey(model));
    }

    private static IEnumerable<string> PrimaryKey(ModelNode model) =>
        model
            .Constraints.Concat(model.Columns.SelectMany(column => column.Constraints))
            .Where(constraint => constraint.Kind == ConstraintKind.PrimaryKey)
            .SelectMany(constraint => constraint.Columns)
            .Distinct(StringComparer.Ordinal);
}

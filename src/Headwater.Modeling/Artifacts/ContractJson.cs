using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Headwater.Modeling.Graph;

namespace Headwater.Modeling.Artifacts;

/// <summary>Columns, constraints and the contract that they make up.</summary>
internal static class ContractJson
{
    /// <summary>A constraint's kind as files write it.</summary>
    public static string Word(ConstraintKind kind) =>
        kind switch
        {
            ConstraintKind.NotNull => "not_null",
            ConstraintKind.Unique => "unique",
            ConstraintKind.PrimaryKey => "primary_key",
            ConstraintKind.ForeignKey => "foreign_key",
            ConstraintKind.Check => "check",
            _ => "custom",
        };

    public static void Columns(Utf8JsonWriter json, ManifestNode node)
    {
        json.WriteStartObject("columns");
        foreach (var column in node.Columns.DistinctBy(column => column.Name, StringComparer.Ordinal))
        {
            json.WriteStartObject(column.Name);
            json.WriteString("name", column.Name);
            json.WriteString("description", column.Description ?? "");
            json.Write("meta", column.Meta);
            json.WriteString("data_type", column.DataType);
            Constraints(json, column.Constraints, withColumns: false);
            json.Write("quote", column.Quote);
            json.WriteStartObject("config");
            json.Write("meta", column.Meta);
            json.WriteTexts("tags", column.Tags);
            json.WriteEndObject();
            json.WriteTexts("tags", column.Tags);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    /// <param name="withColumns">True for constraints over a whole model, which name the columns.</param>
    public static void Constraints(Utf8JsonWriter json, IReadOnlyList<NodeConstraint> constraints, bool withColumns)
    {
        json.WriteStartArray("constraints");
        foreach (var constraint in constraints)
        {
            json.WriteStartObject();
            json.WriteString("type", Word(constraint.Kind));
            json.WriteString("name", constraint.Name);
            json.WriteString("expression", constraint.Expression);
            json.WriteBoolean("warn_unenforced", true);
            json.WriteBoolean("warn_unsupported", true);
            json.WriteString("to", constraint.To);
            json.WriteTexts("to_columns", constraint.ToColumns);
            if (withColumns)
            {
                json.WriteTexts("columns", constraint.Columns);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static void Contract(Utf8JsonWriter json, ManifestNode node)
    {
        var model = node as ModelNode;
        json.WriteStartObject("contract");
        json.WriteBoolean("enforced", model is { HasContract: true });
        json.WriteBoolean("alias_types", true);
        json.WriteString("checksum", model is { HasContract: true } ? Digest(model) : null);
        json.WriteEndObject();
    }

    /// <summary>What a contract promises, as one line a promise in an order of its own: equal texts are equal contracts.</summary>
    public static string Promises(
        IEnumerable<(string Column, string? Type, IEnumerable<string> Constraints)> columns
    ) =>
        string.Join(
            '\n',
            columns
                .OrderBy(column => column.Column, StringComparer.Ordinal)
                .Select(column =>
                    $"{column.Column}|{column.Type}|{string.Join(',', column.Constraints.Order(StringComparer.Ordinal))}"
                )
        );

    /// <summary>The promises of a model of this project.</summary>
    public static string Promises(ModelNode model) =>
        Promises(
            model
                .Columns.DistinctBy(column => column.Name, StringComparer.Ordinal)
                .Select(column =>
                    (
                        column.Name,
                        column.DataType,
                        column.Constraints.Select(constraint => $"{Word(constraint.Kind)} {constraint.Expression}")
                    )
                )
                .Append(
                    (
                        "",
                        null,
                        model.Constraints.Select(constraint =>
                            $"{Word(constraint.Kind)} {constraint.Expression} {string.Join(' ', constraint.Columns)}"
                        )
                    )
                )
        );

    private static string Digest(ModelNode model) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Promises(model))));
}

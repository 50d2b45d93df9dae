using Headwater.Modeling.Graph;
using Headwater.Project.Yaml;

namespace Headwater.Modeling.Parsing;

/// <summary>Reads the <c>constraints:</c> of a model or column.</summary>
internal static class ConstraintReader
{
    private static readonly Dictionary<string, ConstraintKind> Kinds = new(StringComparer.Ordinal)
    {
        ["not_null"] = ConstraintKind.NotNull,
        ["unique"] = ConstraintKind.Unique,
        ["primary_key"] = ConstraintKind.PrimaryKey,
        ["foreign_key"] = ConstraintKind.ForeignKey,
        ["check"] = ConstraintKind.Check,
        ["custom"] = ConstraintKind.Custom,
    };

    /// <param name="reader">The model or column.</param>
    /// <param name="column">The column's name; null for a model.</param>
    public static IReadOnlyList<NodeConstraint> Read(MappingReader reader, string? column)
    {
        var constraints = new List<NodeConstraint>();
        foreach (var entry in reader.Mappings("constraints"))
        {
            entry.RequiredText("type");
            if (entry.Choice("type", Kinds) is { } kind)
            {
                constraints.Add(
                    new NodeConstraint(
                        kind,
                        entry.Text("name"),
                        entry.Text("expression"),
                        column is not null ? [column] : [.. entry.Texts("columns").Select(name => name.Text)],
                        entry.Text("to"),
                        [.. entry.Texts("to_columns").Select(name => name.Text)]
                    )
                );
            }
        }

        return constraints;
    }
}

using Headwater.Project.Yaml;

namespace Headwater.Project.Resources.Access;

/// <summary>Reads what a role says of columns: <c>{tag: pii, with: hash}</c>.</summary>
internal static class MaskReader
{
    private static readonly (string Key, MaskTargetKind Kind)[] Kinds =
    [
        ("tag", MaskTargetKind.Tag),
        ("column", MaskTargetKind.Column),
        ("model", MaskTargetKind.Model),
    ];

    private static readonly string[] Methods = ["hash", "redact", "partial", "null"];

    public static MaskRule? ReadRule(MappingReader reader)
    {
        var method = ReadMethod(reader);
        var keep = reader.Integer("keep");
        var target = ReadTarget(reader);
        if (keep is < 1 or > 16)
        {
            reader.Report(ProjectDiagnostics.NotAccepted.At(reader.Location, "keep", keep, "1 to 16"));
        }

        return target is null || method is null ? null : new MaskRule(target, method, keep);
    }

    public static MaskTarget? ReadTarget(MappingReader reader)
    {
        var found = Kinds
            .Select(kind => (kind.Kind, Name: reader.LocatedText(kind.Key)))
            .Where(item => item.Name is { Text.Length: > 0 })
            .ToList();
        reader.Finish();
        if (found is [var (kind, name)])
        {
            return new MaskTarget(kind, name!);
        }

        reader.Report(
            ProjectDiagnostics.MissingKey.At(reader.Location, "tag, column or model") with
            {
                Hint = "exactly one of them says which columns are meant",
            }
        );
        return null;
    }

    private static string? ReadMethod(MappingReader reader)
    {
        // In YAML the word null is no text.
        var node = reader.Mapping["with"] as YamlScalar;
        var method =
            node is { IsNull: true } && reader.Node("with") is null ? "null" : reader.RequiredText("with").Text;
        if (Methods.Contains(method))
        {
            return method;
        }

        if (method.Length > 0)
        {
            reader.Report(
                ProjectDiagnostics.NotAccepted.At(node!.Location, "with", method, string.Join(", ", Methods))
            );
        }

        return null;
    }
}

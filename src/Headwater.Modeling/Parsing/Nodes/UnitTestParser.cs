using Headwater.Jinja.Values;
using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Names;
using Headwater.Modeling.Graph;
using Headwater.Project.Packages;
using Headwater.Project.Yaml;

namespace Headwater.Modeling.Parsing;

/// <summary>Makes the nodes of unit tests; one for each version of a model that has several.</summary>
internal sealed class UnitTestParser(
    ParsedProject project,
    DraftTable drafts,
    DraftFactory factory,
    ReferenceResolver references,
    DiagnosticBag diagnostics
)
{
    private readonly SpokenReference _spoken = new(project, diagnostics);

    public IEnumerable<UnitTestNode> Read(PropertyEntry entry)
    {
        var reader = entry.Reader;
        var name = reader.RequiredText("name");
        var model = reader.RequiredText("model");
        var models = drafts
            .Enabled.Where(draft =>
                draft.ResourceType == "model" && draft.Name == model.Text && draft.Package == entry.Package
            )
            .Where(draft => IsMeant(reader, draft.Version))
            .ToList();
        if (models.Count == 0)
        {
            if (model.Text.Length > 0 && !drafts.IsDisabled(model.Text))
            {
                diagnostics.Add(
                    ModelingDiagnostics.UnknownRef.At(model.Location, model.Text) with
                    {
                        Hint = NearestName.Hint(model.Text, drafts.Names),
                    }
                );
            }

            return [];
        }

        return models.Select(draft => Node(entry, name, draft));
    }

    private static bool IsMeant(MappingReader reader, ModelVersion? version)
    {
        if (version is null || reader.Child("versions") is not { } versions)
        {
            return true;
        }

        var included = versions.Texts("include").Select(text => text.Text).ToList();
        return (included.Count == 0 || included.Contains(version.Number))
            && versions.Texts("exclude").All(text => text.Text != version.Number);
    }

    private UnitTestNode Node(PropertyEntry entry, LocatedText name, NodeDraft model)
    {
        var reader = entry.Reader;
        var suffix = model.Version is { } version ? $"_v{version.Number}" : "";
        var header = new EntryHeaders(factory).Read(
            entry,
            $"unit_test.{entry.Package}.{model.Name}.",
            "unit_tests",
            [model.Name],
            suffix
        );
        var overrides = reader.Child("overrides");
        var expected = reader.Child("expect");
        if (expected is null)
        {
            diagnostics.Add(ModelingDiagnostics.BadUnitTest.At(name.Location, "it says no 'expect:'"));
        }

        return new UnitTestNode(header with { DependsOn = [model.UniqueId] })
        {
            Version = model.Version?.Number,
            ModelId = model.UniqueId,
            Given = [.. reader.Mappings("given").Select(given => Input(entry, given, model))],
            Expect = expected is null ? new UnitTestTable([]) : Rows(entry, expected),
            MacroOverrides = YamlValues.ConvertMapping(overrides?.Child("macros")?.Mapping),
            VariableOverrides = YamlValues.ConvertMapping(overrides?.Child("vars")?.Mapping),
            EnvironmentOverrides = YamlValues.ConvertMapping(overrides?.Child("env_vars")?.Mapping),
        };
    }

    private UnitTestInput Input(PropertyEntry entry, MappingReader given, NodeDraft model)
    {
        var input = given.RequiredText("input");
        var id = input.Text.Trim() == "this" ? null : _spoken.Resolve(input, model, references);
        return new UnitTestInput(id, Rows(entry, given));
    }

    private UnitTestRows Rows(PropertyEntry entry, MappingReader reader)
    {
        var format = reader.Text("format") ?? "dict";
        var text = (reader.Node("rows") as YamlScalar)?.Text;
        if (reader.LocatedText("fixture") is { } fixture)
        {
            text = Fixture(entry.Package, fixture, format);
        }

        switch (format)
        {
            case "sql":
                return new UnitTestQuery(text ?? "");
            case "csv":
                return new UnitTestTable(UnitTestCsv.Read(text ?? ""));
            case "dict":
                return new UnitTestTable([
                    .. (reader.Node("rows") as YamlSequence)
                        ?.Items.OfType<YamlMapping>()
                        .Select(row => YamlValues.ConvertMapping(row))
                        ?? [],
                ]);
            default:
                diagnostics.Add(ModelingDiagnostics.BadConfig.At(reader.Location, "format", format, "dict, csv, sql"));
                return new UnitTestTable([]);
        }
    }

    private string Fixture(string packageName, LocatedText fixture, string format)
    {
        var package = project.Folder.Packages.First(item => item.Name == packageName);
        var file = package
            .Files(package.Paths("test-paths", "tests"), "." + format)
            .FirstOrDefault(path => System.IO.Path.GetFileNameWithoutExtension(path) == fixture.Text);
        if (file is not null && package.ReadText(file) is { } text)
        {
            return text;
        }

        diagnostics.Add(
            ModelingDiagnostics.BadUnitTest.At(
                fixture.Location,
                $"there is no file {fixture.Text}.{format} under {string.Join(", ", package.Paths("test-paths", "tests"))}"
            )
        );
        return "";
    }
}

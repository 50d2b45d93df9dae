using Headwater.Project.Yaml;

namespace Headwater.Project.Resources.Access;

/// <summary>Reads <c>access/tests/*.yml</c>.</summary>
public sealed class AccessTestKind : ResourceKind<AccessTestDefinition>
{
    public override string Noun => "access test";

    public override string Folder => "access/tests";

    protected override IEnumerable<AccessTestDefinition> Read(MappingReader reader, ResourceContext context)
    {
        var tests = reader.Mappings("tests").Select(test => ReadTest(test, context)).ToList();
        reader.Finish();
        return tests;
    }

    private static AccessTestDefinition ReadTest(MappingReader reader, ResourceContext context)
    {
        var name = reader.RequiredText("name");
        var test = new AccessTestDefinition(
            name.Text,
            context.Package.Name,
            name.Location,
            reader.Text("user"),
            Texts(reader, "roles"),
            Attributes(reader.Child("attributes")),
            reader.Text("sql"),
            Texts(reader, "metrics"),
            Texts(reader, "group_by"),
            Texts(reader, "where"),
            Rows(reader),
            reader.Text("refused")
        );
        if ((test.Sql is null) == (test.Metrics.Count == 0))
        {
            reader.Report(ProjectDiagnostics.MissingKey.At(reader.Location, "metrics or sql"));
        }

        if ((test.Rows is null) == (test.Refused is null))
        {
            reader.Report(ProjectDiagnostics.MissingKey.At(reader.Location, "rows or refused"));
        }

        reader.Finish();
        return test;
    }

    private static IReadOnlyList<string> Texts(MappingReader reader, string key) =>
        [.. reader.Texts(key).Select(text => text.Text)];

    private static Dictionary<string, IReadOnlyList<string>> Attributes(MappingReader? reader)
    {
        var attributes = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var entry in reader?.Mapping.Entries ?? [])
        {
            attributes[entry.Key.Text] = Texts(reader!, entry.Key.Text);
        }

        return attributes;
    }

    private static IReadOnlyList<IReadOnlyList<string?>>? Rows(MappingReader reader)
    {
        switch (reader.Node("rows"))
        {
            case null:
                return null;
            case YamlSequence rows
                when rows.Items.All(row => row is YamlSequence cells && cells.Items.All(cell => cell is YamlScalar)):
                return
                [
                    .. rows
                        .Items.Cast<YamlSequence>()
                        .Select(row =>
                            (IReadOnlyList<string?>)
                                [.. row.Items.Cast<YamlScalar>().Select(cell => cell.IsNull ? null : cell.Text)]
                        ),
                ];
            case var other:
                reader.ReportType("rows", "a list of rows, each a list of values", other);
                return [];
        }
    }
}

using Headwater.Jinja.Values;
using Headwater.Kernel.Diagnostics;
using Headwater.Modeling.Graph;
using Headwater.Modeling.Rendering;
using Headwater.Project.Packages;
using Headwater.Project.Yaml;

namespace Headwater.Modeling.Parsing;

/// <summary>Reads the properties of models, seeds and sources from the YAML files of one package. Keys that other tools own are left alone.</summary>
internal sealed class PropertyReader(ProjectPackage package, YamlRenderer renderer, DiagnosticBag diagnostics)
{
    private readonly List<NodePatch> _patches = [];
    private readonly List<SourceEntry> _sources = [];

    public (IReadOnlyList<NodePatch> Patches, IReadOnlyList<SourceEntry> Sources) Read()
    {
        foreach (var file in package.PropertyFiles())
        {
            var reader = new MappingReader(file, diagnostics);
            foreach (
                var (key, kind) in (ReadOnlySpan<(string, string)>)
                    [("models", "model"), ("seeds", "seed"), ("snapshots", "snapshot")]
            )
            {
                _patches.AddRange(reader.Mappings(key).Select(item => ReadPatch(item, kind)));
            }

            foreach (var source in reader.Mappings("sources"))
            {
                ReadSource(source);
            }
        }

        return (_patches, _sources);
    }

    private NodePatch ReadPatch(MappingReader reader, string kind)
    {
        var name = reader.RequiredText("name");
        var tests = Tests(reader, null);
        var columns = new List<ColumnInfo>();
        foreach (var column in reader.Mappings("columns"))
        {
            var columnName = column.RequiredText("name").Text;
            columns.Add(
                new ColumnInfo(columnName, Described(column), column.Text("data_type"), Tags(column), Meta(column))
            );
            tests.AddRange(Tests(column, columnName));
        }

        return new NodePatch(kind, name, package.Name, Described(reader), Config(reader), columns, tests);
    }

    private void ReadSource(MappingReader reader)
    {
        var name = reader.RequiredText("name");
        var description = Described(reader);
        var schema = Rendered(reader.LocatedText("schema")) ?? name.Text;
        var config = Config(reader);
        foreach (var table in reader.Mappings("tables"))
        {
            var patch = ReadPatch(table, "source");
            var merged = config.Copy();
            ConfigMerge.Into(merged, patch.Config);
            _sources.Add(
                new SourceEntry(
                    name,
                    description,
                    schema,
                    Rendered(table.LocatedText("identifier")),
                    Path.GetRelativePath(package.DisplayPath(package.Root), reader.Location.File).Replace('\\', '/'),
                    patch with
                    {
                        Config = merged,
                    }
                )
            );
        }
    }

    private List<TestEntry> Tests(MappingReader reader, string? column)
    {
        var tests = new List<TestEntry>();
        foreach (var key in (string[])["data_tests", "tests"])
        {
            switch (reader.Node(key))
            {
                case null:
                    break;
                case YamlSequence sequence:
                    tests.AddRange(
                        sequence.Items.Select(item => new TestEntry(item, column, item.Location, package.Name))
                    );
                    break;
                case var other:
                    reader.ReportType(key, "a list of tests", other);
                    break;
            }
        }

        return tests;
    }

    private JinjaDict Config(MappingReader reader)
    {
        var config = new JinjaDict();
        foreach (var key in (string[])["tags", "meta", "enabled", "docs"])
        {
            if (reader.Node(key) is { } node)
            {
                config[key] = YamlValues.Convert(node, renderer.Render);
            }
        }

        if (reader.Child("config") is { } child)
        {
            var written = new JinjaDict();
            foreach (var entry in child.Mapping.Entries)
            {
                var isHook = entry.Key.Text is "pre-hook" or "post-hook" or "pre_hook" or "post_hook";
                written[entry.Key.Text] = YamlValues.Convert(entry.Value, isHook ? null : renderer.Render);
            }

            ConfigMerge.Into(config, written);
        }

        return config;
    }

    private string? Described(MappingReader reader) => Rendered(reader.LocatedText("description"))?.Trim();

    private string? Rendered(LocatedText? text) =>
        text is null ? null : Text.Str(renderer.Render(text.Text, text.Location));

    private static IReadOnlyList<string> Tags(MappingReader reader) =>
        [
            .. reader.Texts("tags").Select(tag => tag.Text),
            .. reader.Child("config")?.Texts("tags").Select(tag => tag.Text) ?? [],
        ];

    private static JinjaDict Meta(MappingReader reader)
    {
        var meta = YamlValues.ConvertMapping(reader.Node("meta") as YamlMapping);
        meta.Merge(YamlValues.ConvertMapping(reader.Child("config")?.Node("meta") as YamlMapping));
        return meta;
    }
}

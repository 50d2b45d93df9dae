using Headwater.Jinja.Values;
using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Threading;
using Headwater.Modeling.Graph;
using Headwater.Modeling.Rendering;
using Headwater.Project.Packages;
using Headwater.Project.Yaml;

namespace Headwater.Modeling.Parsing;

/// <summary>Reads the properties of nodes and sources from one YAML file of a package. Keys that other tools own are left alone.</summary>
internal sealed class PropertyReader
{
    private static readonly (string Key, string Kind)[] NodeKinds =
    [
        ("models", "model"),
        ("seeds", "seed"),
        ("snapshots", "snapshot"),
        ("analyses", "analysis"),
    ];

    private readonly ProjectPackage _package;
    private readonly YamlRenderer _renderer;
    private readonly DiagnosticBag _diagnostics;
    private readonly ColumnReader _columns;
    private readonly string _path;
    private readonly IReadOnlyList<string> _folders;
    private readonly PropertySet _found = new();

    private PropertyReader(ProjectPackage package, string path, YamlRenderer renderer, DiagnosticBag diagnostics)
    {
        _package = package;
        _path = path;
        _folders = PropertyPaths.Folders(package, path);
        _renderer = renderer;
        _columns = new ColumnReader(renderer);
        _diagnostics = diagnostics;
    }

    /// <summary>All properties of a package, in the order of its files. Works on all cores.</summary>
    public static IEnumerable<PropertySet> ReadAll(
        ProjectPackage package,
        YamlRenderer renderer,
        DiagnosticBag diagnostics
    ) =>
        OnAllCores.Select(
            package.PropertyFiles(),
            file =>
            {
                var path = PropertyPaths.Relative(package, file.Location.File);
                return new PropertyReader(package, path, renderer, diagnostics).Read(file);
            }
        );

    private PropertySet Read(YamlMapping file)
    {
        var reader = new MappingReader(file, _diagnostics);
        foreach (var (key, kind) in NodeKinds)
        {
            foreach (var item in reader.Mappings(key))
            {
                ReadNode(item, kind);
            }
        }

        foreach (var source in reader.Mappings("sources"))
        {
            ReadSource(source);
        }

        _found.Exposures.AddRange(reader.Mappings("exposures").Select(Entry));
        _found.UnitTests.AddRange(reader.Mappings("unit_tests").Select(Entry));
        _found.SemanticModels.AddRange(reader.Mappings("semantic_models").Select(Entry));
        _found.Metrics.AddRange(reader.Mappings("metrics").Select(Entry));
        _found.SavedQueries.AddRange(reader.Mappings("saved_queries").Select(Entry));
        _found.Macros.AddRange(reader.Mappings("macros").Select(ReadMacro));
        _found.Groups.AddRange(reader.Mappings("groups").Select(ReadGroup));
        return _found;
    }

    private PropertyEntry Entry(MappingReader reader) => new(reader, _package.Name, _path, _folders, _renderer);

    private void ReadNode(MappingReader reader, string kind)
    {
        var patch = ReadPatch(reader, kind);
        var versions = kind == "model" ? reader.Mappings("versions") : [];
        if (versions.Count == 0)
        {
            _found.Patches.Add(patch with { SnapshotOf = reader.LocatedText("relation") });
            return;
        }

        var numbers = versions.Select(version => version.RequiredText("v").Text).ToList();
        var latest = reader.Text("latest_version") ?? VersionNumbers.Latest(numbers);
        foreach (var (version, number) in versions.Zip(numbers))
        {
            var config = patch.Config.Copy();
            ConfigMerge.Into(config, Config(version));
            _found.Patches.Add(
                patch with
                {
                    Description = Described(version) ?? patch.Description,
                    Config = config,
                    Columns = _columns.OfVersion(version, patch.Columns),
                    Tests =
                    [
                        .. version.Has("data_tests") || version.Has("tests")
                            ? Tests(version, null)
                            : patch.Tests.Where(test => test.Column is null),
                        .. ColumnTests(version, patch),
                    ],
                    FileName = version.Text("defined_in") ?? $"{patch.Name.Text}_v{number}",
                    Version = new ModelVersion(number, latest),
                }
            );
        }
    }

    // The tests of columns that a version keeps, and of those that it adds.
    private IEnumerable<TestEntry> ColumnTests(MappingReader version, NodePatch patch)
    {
        var own = version.Mappings("columns").Where(column => !column.Has("include")).ToList();
        var added = own.Select(column => column.RequiredText("name").Text).ToHashSet(StringComparer.Ordinal);
        var kept = _columns.OfVersion(version, patch.Columns).Select(column => column.Name);
        var inherited = kept.Where(name => !added.Contains(name)).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. patch.Tests.Where(test => test.Column is { } column && inherited.Contains(column)),
            .. own.SelectMany(column => Tests(column, column.RequiredText("name").Text)),
        ];
    }

    private NodePatch ReadPatch(MappingReader reader, string kind)
    {
        var name = reader.RequiredText("name");
        var tests = Tests(reader, null);
        var columns = new List<ColumnInfo>();
        foreach (var column in reader.Mappings("columns"))
        {
            var read = _columns.Read(column);
            // Of a column that is described twice the last description holds.
            var place = columns.FindIndex(other => other.Name == read.Name);
            if (place < 0)
            {
                columns.Add(read);
            }
            else
            {
                columns[place] = read;
            }

            tests.AddRange(Tests(column, read.Name));
        }

        return new NodePatch(kind, name, _package.Name, Described(reader), Config(reader), columns, tests)
        {
            Path = _path,
            Folders = _folders,
            FileName = name.Text,
            Constraints = ConstraintReader.Read(reader, null),
        };
    }

    private void ReadSource(MappingReader reader)
    {
        var name = reader.RequiredText("name");
        var description = Described(reader);
        var schema = Rendered(reader.LocatedText("schema")) ?? name.Text;
        var database = Rendered(reader.LocatedText("database"));
        var loader = Rendered(reader.LocatedText("loader"));
        var config = Config(reader, SourceKeys);
        foreach (var table in reader.Mappings("tables"))
        {
            var patch = ReadPatch(table, "source");
            var merged = config.Copy();
            ConfigMerge.Into(merged, Config(table, SourceKeys));
            _found.Sources.Add(
                new SourceEntry(
                    name,
                    description,
                    database,
                    schema,
                    Rendered(table.LocatedText("identifier")),
                    Rendered(table.LocatedText("loader")) ?? loader,
                    patch with
                    {
                        Config = merged,
                    }
                )
            );
        }
    }

    private GroupDefinition ReadGroup(MappingReader reader)
    {
        var owner = reader.Child("owner");
        return new GroupDefinition(
            reader.RequiredText("name").Text,
            _package.Name,
            new NodeOwner(owner?.Text("name"), owner?.Text("email")),
            reader.Location
        )
        {
            Path = _path,
            Description = Described(reader),
        };
    }

    private MacroProperties ReadMacro(MappingReader reader) =>
        new(
            reader.RequiredText("name").Text,
            _package.Name,
            _path,
            Described(reader) ?? "",
            [
                .. reader
                    .Mappings("arguments")
                    .Select(argument => new MacroArgument(
                        argument.RequiredText("name").Text,
                        argument.Text("type"),
                        Described(argument) ?? ""
                    )),
            ],
            YamlValues.ConvertMapping((reader.Child("config") ?? reader).Node("meta") as YamlMapping),
            reader.Child("docs")?.Boolean("show") ?? true
        );

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
                        sequence.Items.Select(item => new TestEntry(
                            item,
                            column,
                            item.Location,
                            _package.Name,
                            _path,
                            _folders
                        ))
                    );
                    break;
                case var other:
                    reader.ReportType(key, "a list of tests", other);
                    break;
            }
        }

        return tests;
    }

    private static readonly string[] NodeKeys = ["tags", "meta", "enabled", "docs", "group", "access"];

    // What may stand directly at a source or table instead of below its config.
    private static readonly string[] SourceKeys =
    [
        .. NodeKeys,
        "freshness",
        "loaded_at_field",
        "loaded_at_query",
        "quoting",
        "event_time",
    ];

    private JinjaDict Config(MappingReader reader, string[]? keys = null)
    {
        var config = new JinjaDict();
        foreach (var key in keys ?? NodeKeys)
        {
            if (reader.Mapping[key] is { } node)
            {
                config[key] = YamlValues.Convert(node, _renderer.Render);
            }
        }

        if (reader.Child("config") is { } child)
        {
            var written = new JinjaDict();
            foreach (var entry in child.Mapping.Entries)
            {
                var isHook = entry.Key.Text is "pre-hook" or "post-hook" or "pre_hook" or "post_hook";
                written[entry.Key.Text] = YamlValues.Convert(entry.Value, isHook ? null : _renderer.Render);
            }

            ConfigMerge.Into(config, written);
        }

        return config;
    }

    private string? Described(MappingReader reader) => Rendered(reader.LocatedText("description"));

    private string? Rendered(LocatedText? text) =>
        text is null ? null : Text.Str(_renderer.Render(text.Text, text.Location));
}

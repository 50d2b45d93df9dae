using System.Globalization;
using Headwater.Project.Settings;
using Headwater.Project.Yaml;

namespace Headwater.Project.Resources.Sources;

/// <summary>Reads <c>sources/*.yml</c>.</summary>
public sealed class SourceKind : ResourceKind<SourceDefinition>
{
    private static readonly Dictionary<string, LoadMode> LoadModes = new(StringComparer.Ordinal)
    {
        ["append"] = LoadMode.Append,
        ["upsert"] = LoadMode.Upsert,
        ["replace"] = LoadMode.Replace,
    };

    private static readonly Dictionary<string, SchemaChanges> Changes = new(StringComparer.Ordinal)
    {
        ["evolve"] = SchemaChanges.Evolve,
        ["freeze"] = SchemaChanges.Freeze,
    };

    private static readonly Dictionary<string, FileKind> Kinds = new(StringComparer.Ordinal)
    {
        ["auto"] = FileKind.Auto,
        ["csv"] = FileKind.Csv,
        ["json"] = FileKind.Json,
        ["ndjson"] = FileKind.Ndjson,
        ["parquet"] = FileKind.Parquet,
        ["xlsx"] = FileKind.Xlsx,
    };

    public override string Noun => "source";

    public override string Folder => "sources";

    protected override IEnumerable<SourceDefinition> Read(MappingReader reader, ResourceContext context)
    {
        var name = reader.RequiredName("source");
        // The project may set a package's source differently, and the command line both.
        var mapping = reader.Mapping;
        foreach (var entry in (context.ProjectSources?[name.Text] as YamlMapping)?.Entries ?? [])
        {
            mapping = mapping.With(entry.Key.Text, entry.Value);
        }

        reader = new MappingReader(context.Overrides.Apply(mapping, "sources." + name.Text), context.Diagnostics);
        reader.RequiredText("source");
        var source = new SourceDefinition(
            name.Text,
            context.Package.Name,
            name.Location,
            reader.Text("description"),
            reader.RequiredText("connector"),
            ReadPath(reader, context),
            [.. reader.Mappings("streams").Select(ReadStream)],
            reader.LocatedText("schedule"),
            ReadFreshness(reader),
            reader.Choice("schema_changes", Changes) ?? SchemaChanges.Evolve
        );
        ReportRepeatedStreams(source, reader);
        reader.Finish();
        return [source];
    }

    private static LocatedText ReadPath(MappingReader reader, ResourceContext context)
    {
        var path = reader.RequiredText("path");
        var root =
            path.Location == SettingOverrides.CommandLine ? context.Overrides.Folder
            : path.Location.File == "dbt_project.yml" ? context.ProjectRoot
            : context.Package.Root;
        return path with { Text = Path.GetFullPath(Path.Combine(root, path.Text)) };
    }

    private static StreamDefinition ReadStream(MappingReader reader)
    {
        var name = reader.RequiredName("name");
        var key = reader.Texts("primary_key");
        var load = reader.Choice("load", LoadModes) ?? (key.Count > 0 ? LoadMode.Upsert : LoadMode.Replace);
        if (load == LoadMode.Upsert && key.Count == 0)
        {
            reader.Report(
                ProjectDiagnostics.MissingKey.At(reader.Location, "primary_key") with
                {
                    Hint = "load: upsert replaces rows by their primary_key",
                }
            );
        }

        var stream = new StreamDefinition(
            name.Text,
            name.Location,
            reader.Text("description"),
            reader.RequiredText("files"),
            [.. key.Select(column => column.Text)],
            load,
            reader.Boolean("row_numbers") ?? true,
            new FileFormat(
                reader.Choice("format", Kinds) ?? FileKind.Auto,
                reader.Text("delimiter"),
                reader.Text("quote"),
                reader.Text("escape"),
                reader.LocatedText("encoding"),
                reader.Boolean("header"),
                Plain(reader.Texts("date_format")),
                Plain(reader.Texts("timestamp_format")),
                Plain(reader.Texts("null_values")),
                ReadColumns(reader),
                reader.LocatedText("sheet"),
                reader.LocatedText("range")
            )
        );
        reader.Finish();
        return stream;
    }

    private static string[] Plain(IReadOnlyList<LocatedText> texts) => [.. texts.Select(text => text.Text)];

    private static Dictionary<string, LocatedText> ReadColumns(MappingReader reader)
    {
        var columns = new Dictionary<string, LocatedText>(StringComparer.OrdinalIgnoreCase);
        if (reader.Child("columns") is { } child)
        {
            foreach (var entry in child.Mapping.Entries)
            {
                columns[entry.Key.Text] = child.RequiredText(entry.Key.Text);
            }
        }

        return columns;
    }

    private static Freshness? ReadFreshness(MappingReader reader)
    {
        if (reader.Child("freshness") is not { } child)
        {
            return null;
        }

        var freshness = new Freshness(ReadSpan(child, "warn_after"), ReadSpan(child, "error_after"));
        child.Finish();
        return freshness;
    }

    private static TimeSpan? ReadSpan(MappingReader reader, string key)
    {
        if (reader.LocatedText(key) is not { } text)
        {
            return null;
        }

        if (
            text.Text.Length > 1
            && int.TryParse(text.Text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
        )
        {
            switch (text.Text[^1])
            {
                case 'm':
                    return TimeSpan.FromMinutes(count);
                case 'h':
                    return TimeSpan.FromHours(count);
                case 'd':
                    return TimeSpan.FromDays(count);
            }
        }

        reader.Report(
            ProjectDiagnostics.NotAccepted.At(text.Location, key, text.Text, "a number with m, h or d, such as 6h")
        );
        return null;
    }

    private static void ReportRepeatedStreams(SourceDefinition source, MappingReader reader)
    {
        if (source.Streams.Count == 0)
        {
            reader.Report(ProjectDiagnostics.MissingKey.At(reader.Location, "streams"));
        }

        foreach (var group in source.Streams.GroupBy(stream => stream.Name, StringComparer.OrdinalIgnoreCase))
        {
            foreach (var repeated in group.Skip(1))
            {
                reader.Report(
                    ProjectDiagnostics.DuplicateName.At(
                        repeated.Location,
                        "stream",
                        repeated.Name,
                        group.First().Location
                    )
                );
            }
        }
    }
}

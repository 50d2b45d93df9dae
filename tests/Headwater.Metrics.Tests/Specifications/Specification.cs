using System.Globalization;
using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Names;
using Headwater.Metrics.Planning;
using Headwater.Metrics.Requests;
using Headwater.Metrics.Semantics;
using Headwater.Project;
using Headwater.Project.Settings;
using Headwater.Project.Yaml;

namespace Headwater.Metrics.Tests.Specifications;

/// <summary>A small project with its rows, and questions with the rows that answer them.</summary>
/// <param name="Project">Property files.</param>
/// <param name="Tables">Tables by name: a line of columns with types, then a line for each row.</param>
/// <param name="Setup">SQL that runs before.</param>
internal sealed record Specification(
    IReadOnlyList<string> Project,
    IReadOnlyDictionary<string, string> Tables,
    IReadOnlyList<string> Setup,
    IReadOnlyList<string> Models,
    IReadOnlyList<SpecifiedQuestion> Questions
)
{
    public const string Schema = "spec";

    /// <summary>The time zone of the business.</summary>
    public string TimeZone { get; init; } = "UTC";

    public static string Folder => Path.Combine(AppContext.BaseDirectory, "Specifications", "Cases");

    public static Specification Read(string file)
    {
        var diagnostics = new DiagnosticBag();
        var reader = new MappingReader(
            (YamlMapping)YamlReader.Read(File.ReadAllText(Path.Combine(Folder, file)), file, diagnostics)!,
            diagnostics
        );
        var tables = reader
            .Child("tables")!
            .Mapping.Entries.ToDictionary(entry => entry.Key.Text, entry => ((YamlScalar)entry.Value).Text);
        var specification = new Specification(
            [reader.RequiredText("project").Text],
            tables,
            [.. reader.Texts("setup").Select(item => item.Text)],
            [.. tables.Keys, .. reader.Texts("models").Select(item => item.Text)],
            [.. reader.Mappings("questions").Select(Question)]
        )
        {
            TimeZone = reader.Text("time_zone") ?? "UTC",
        };
        diagnostics.ThrowIfErrors();
        return specification;
    }

    public MetricModel Load()
    {
        var folder = Directory.CreateTempSubdirectory("headwater-spec-").FullName;
        try
        {
            File.WriteAllText(
                Path.Combine(folder, "dbt_project.yml"),
                $"name: spec\nheadwater: {{time_zone: {TimeZone}}}\n"
            );
            Directory.CreateDirectory(Path.Combine(folder, "models"));
            for (var index = 0; index < Project.Count; index++)
            {
                File.WriteAllText(Path.Combine(folder, "models", $"spec{index}.yml"), Project[index]);
            }

            var diagnostics = new DiagnosticBag();
            var project = ProjectFolder.Load(new ProjectOptions(folder, null, SettingOverrides.None), diagnostics)!;
            var model = MetricModel.Load(project, new PublishedModels(Models), diagnostics);
            diagnostics.ThrowIfErrors();
            return model;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static SpecifiedQuestion Question(MappingReader reader)
    {
        var time = reader.Texts("time").Select(item => item.Text).ToList();
        var request = new MetricRequest(
            Words(reader, "metrics"),
            Words(reader, "by"),
            [.. reader.Texts("where").Select(item => item.Text)],
            Words(reader, "order"),
            reader.Integer("limit")
        )
        {
            Time = time is [var from, var to] ? new TimeBounds(Instant(from), Instant(to)) : null,
            SavedQuery = reader.Text("saved"),
            BoundsOnly = reader.Boolean("bounds") ?? false,
            KeepsDuplicates = reader.Boolean("duplicates") ?? false,
        };
        return new SpecifiedQuestion(
            request,
            reader.Text("refused"),
            reader.Text("hint"),
            [.. reader.Texts("rules").Select(item => Rule(item.Text))],
            [
                .. (reader.Text("rows") ?? "").Split(
                    '\n',
                    StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries
                ),
            ]
        );
    }

    private static RowRestriction Rule(string text)
    {
        var parts = text.Split('=', StringSplitOptions.TrimEntries);
        return new RowRestriction(
            DimensionReference.Parse(parts[0]),
            [.. parts[1].Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)]
        );
    }

    private static List<string> Words(MappingReader reader, string key) =>
        [
            .. (reader.Text(key) ?? "").Split(
                ',',
                StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries
            ),
        ];

    private static DateTime Instant(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture);

    private sealed class PublishedModels(IReadOnlyList<string> names) : IModelRelations
    {
        public IReadOnlyCollection<string> Names => [.. names];

        public RelationName? Find(string modelName) =>
            names.Contains(modelName) ? new RelationName(Schema, modelName) : null;
    }
}

/// <param name="Refused">The code it is refused with, or null.</param>
/// <param name="Hint">A part of what the refusal advises, or null.</param>
/// <param name="Rules">Row rules of the one who asks.</param>
/// <param name="Rows">The rows in order, cells joined by commas, a dash for nothing.</param>
internal sealed record SpecifiedQuestion(
    MetricRequest Request,
    string? Refused,
    string? Hint,
    IReadOnlyList<RowRestriction> Rules,
    IReadOnlyList<string> Rows
)
{
    public override string ToString() =>
        Request.SavedQuery
        ?? $"{string.Join(", ", Request.Metrics)} by {string.Join(", ", Request.GroupBy)} where {string.Join(" and ", Request.Where)}";
}

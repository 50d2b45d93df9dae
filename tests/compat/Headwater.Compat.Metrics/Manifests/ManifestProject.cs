using System.Text;
using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Names;
using Headwater.Metrics.Semantics;
using Headwater.Project;
using Headwater.Project.Settings;
using Headwater.Project.Yaml;

namespace Headwater.Compat.Metrics.Manifests;

/// <summary>
/// A semantic manifest as a project's folder: each document becomes an entry of the section that dbt has for it, and each table a model.
/// </summary>
internal static class ManifestProject
{
    /// <summary>The model of a manifest, read as any project is.</summary>
    /// <param name="folder">Where the manifest's files lie.</param>
    /// <param name="configuration">The file that names the time spines.</param>
    /// <param name="schema">The schema of the tables.</param>
    /// <param name="tables">Names of the tables.</param>
    /// <exception cref="DiagnosticException">The project has mistakes.</exception>
    public static MetricModel Load(
        string folder,
        string configuration,
        string schema,
        IReadOnlyCollection<string> tables
    )
    {
        var project = Directory.CreateTempSubdirectory("headwater-manifest-").FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(project, "models"));
            File.WriteAllText(Path.Combine(project, "dbt_project.yml"), "name: manifest");
            File.WriteAllText(Path.Combine(project, "models", "manifest.yml"), Translate(folder, configuration));
            var diagnostics = new DiagnosticBag();
            var loaded = ProjectFolder.Load(new ProjectOptions(project, null, SettingOverrides.None), diagnostics)!;
            var model = MetricModel.Load(loaded, new Tables(schema, tables), diagnostics);
            diagnostics.ThrowIfErrors();
            return model;
        }
        finally
        {
            Directory.Delete(project, recursive: true);
        }
    }

    private static string Translate(string folder, string configuration)
    {
        var documents = Directory
            .EnumerateFiles(folder, "*.yaml", SearchOption.AllDirectories)
            .Where(path => Path.GetFileName(path) != Path.GetFileName(configuration))
            .Order(StringComparer.Ordinal)
            .SelectMany(YamlDocuments.Read)
            .ToList();
        var text = new StringBuilder();
        Section(text, "semantic_models", Of(documents, "semantic_model").Select(WithReference));
        Section(text, "metrics", Of(documents, "metric").Select(YamlText.Of));
        Section(text, "saved_queries", Of(documents, "saved_query").Select(YamlText.Of));
        Section(
            text,
            "models",
            YamlDocuments
                .Read(configuration)
                .SelectMany(document => Of([document], "project_configuration"))
                .SelectMany(settings => ((YamlSequence)settings["time_spines"]!).Items.Cast<YamlMapping>())
                .Select(Spine)
        );
        return text.ToString();
    }

    private static IEnumerable<YamlMapping> Of(IEnumerable<YamlMapping> documents, string key) =>
        documents.Select(document => document[key]).OfType<YamlMapping>();

    private static void Section(StringBuilder text, string name, IEnumerable<string> items)
    {
        text.Append(name).Append(":\n");
        foreach (var item in items)
        {
            text.Append("  - ").Append(item).Append('\n');
        }
    }

    private static string WithReference(YamlMapping semanticModel)
    {
        var table = ((YamlScalar)((YamlMapping)semanticModel["node_relation"]!)["alias"]!).Text;
        return YamlText.Of(
            semanticModel.With("model", new YamlScalar($"ref('{table}')", false, semanticModel.Location))
        );
    }

    private static string Spine(YamlMapping spine)
    {
        var table = ((YamlScalar)((YamlMapping)spine["node_relation"]!)["alias"]!).Text;
        var column = (YamlMapping)spine["primary_column"]!;
        var name = YamlText.Of(column["name"]!);
        var custom = spine["custom_granularities"] is { } grains ? YamlText.Of(grains) : "[]";
        return $"{{name: {table}, time_spine: {{standard_granularity_column: {name}, custom_granularities: {custom}}}, columns: [{{name: {name}, granularity: {YamlText.Of(column["time_granularity"]!)}}}]}}";
    }

    private sealed class Tables(string schema, IReadOnlyCollection<string> tables) : IModelRelations
    {
        public IReadOnlyCollection<string> Names => tables;

        public RelationName? Find(string modelName) =>
            tables.Contains(modelName, StringComparer.Ordinal) ? new RelationName(schema, modelName) : null;
    }
}

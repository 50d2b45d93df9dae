using Headwater.Kernel.Diagnostics;
using Headwater.Metrics.Binding;
using Headwater.Project;
using Headwater.Project.Yaml;

namespace Headwater.Metrics.Semantics;

/// <summary>All semantic models and metrics of a project, checked and linked. Immutable and safe for several threads.</summary>
public sealed class MetricModel
{
    private readonly Dictionary<string, Metric> _metrics;

    private MetricModel(IReadOnlyList<SemanticModel> models, IReadOnlyList<Metric> metrics)
    {
        Models = models;
        Metrics = metrics;
        _metrics = metrics.ToDictionary(metric => metric.Name, StringComparer.OrdinalIgnoreCase);
    }

    public static MetricModel Empty { get; } = new([], []);

    public IReadOnlyList<SemanticModel> Models { get; }

    /// <summary>In the order of their names.</summary>
    public IReadOnlyList<Metric> Metrics { get; }

    public Metric? Find(string name) => _metrics.GetValueOrDefault(name);

    /// <summary>Reads the metrics of all packages. Every mistake is reported; what depends on one is left out.</summary>
    public static MetricModel Load(ProjectFolder project, IModelRelations relations, DiagnosticBag diagnostics)
    {
        var files = project
            .Packages.SelectMany(package => package.PropertyFiles().Select(file => (package, file)))
            .ToList();
        var models = new List<SemanticModel>();
        var modelReader = new SemanticModelReader(relations, diagnostics);
        foreach (var (package, file) in files)
        {
            foreach (var entry in new MappingReader(file, diagnostics).Mappings("semantic_models"))
            {
                if (modelReader.Read(entry, package) is { } model)
                {
                    models.Add(model);
                }
            }
        }

        ReportRepeated("semantic model", models.Select(model => (model.Name, model.Location)), diagnostics);
        ReportRepeated(
            "measure",
            models.SelectMany(model => model.Measures).Select(measure => (measure.Name, measure.Location)),
            diagnostics
        );

        var metricReader = new MetricReader(models, diagnostics);
        foreach (var (package, file) in files)
        {
            foreach (var entry in new MappingReader(file, diagnostics).Mappings("metrics"))
            {
                metricReader.Add(entry, package);
            }
        }

        var loaded = new MetricModel(models, metricReader.ReadAll());
        DefinitionCheck.Run(loaded, diagnostics);
        return loaded;
    }

    private static void ReportRepeated(
        string noun,
        IEnumerable<(string Name, SourceLocation Location)> items,
        DiagnosticBag diagnostics
    )
    {
        foreach (var group in items.GroupBy(item => item.Name, StringComparer.OrdinalIgnoreCase))
        {
            foreach (var (name, location) in group.Skip(1))
            {
                diagnostics.Add(MetricDiagnostics.DuplicateName.At(location, noun, name, group.First().Location));
            }
        }
    }
}

using Headwater.Kernel.Diagnostics;
using Headwater.Metrics.Binding;
using Headwater.Metrics.Planning.Passes.Rollups;
using Headwater.Metrics.Semantics.Rollups;
using Headwater.Metrics.Time;
using Headwater.Project;
using Headwater.Project.Packages;
using Headwater.Project.Yaml;

namespace Headwater.Metrics.Semantics;

/// <summary>All semantic models, metrics, time spines and saved queries of a project, checked and linked. Immutable and safe for several threads.</summary>
public sealed class MetricModel
{
    private readonly Dictionary<string, Metric> _metrics;
    private readonly Dictionary<string, SavedQuery> _savedQueries;
    private readonly Dictionary<string, TimeSpine> _customGrains = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, CalendarGrain> _calendarGrains;
    private readonly ILookup<string, (SemanticModel Model, Entity Entity)> _uniqueEntities;

    private MetricModel(
        IReadOnlyList<SemanticModel> models,
        IReadOnlyList<Metric> metrics,
        IReadOnlyList<TimeSpine> spines,
        IReadOnlyList<CalendarGrain> calendarGrains,
        IReadOnlyList<SavedQuery> savedQueries,
        string timeZone
    )
    {
        Models = models;
        Metrics = metrics;
        TimeSpines = spines;
        SavedQueries = savedQueries;
        TimeZone = timeZone;
        _metrics = metrics.ToDictionary(metric => metric.Name, StringComparer.OrdinalIgnoreCase);
        _savedQueries = savedQueries
            .DistinctBy(query => query.Name)
            .ToDictionary(query => query.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var spine in spines)
        {
            foreach (var name in spine.CustomGrains.Keys)
            {
                _customGrains.TryAdd(name, spine);
            }
        }

        _calendarGrains = calendarGrains
            .DistinctBy(grain => grain.Name)
            .ToDictionary(grain => grain.Name, StringComparer.OrdinalIgnoreCase);
        OwnGrains = [.. _customGrains.Keys.Concat(_calendarGrains.Keys).Distinct(StringComparer.OrdinalIgnoreCase)];
        _uniqueEntities = models
            .SelectMany(model => model.Entities.Select(entity => (Model: model, Entity: entity)))
            .Where(pair => pair.Entity.IsUnique)
            .ToLookup(pair => pair.Entity.Name, StringComparer.Ordinal);
    }

    public static MetricModel Empty { get; } = new([], [], [], [], [], "UTC");

    public IReadOnlyList<SemanticModel> Models { get; }

    /// <summary>In the order of their names.</summary>
    public IReadOnlyList<Metric> Metrics { get; }

    /// <summary>Finest first.</summary>
    public IReadOnlyList<TimeSpine> TimeSpines { get; }

    public IReadOnlyList<SavedQuery> SavedQueries { get; }

    /// <summary>The tables of aggregates that are to be kept beside the models.</summary>
    public IReadOnlyList<RollupTable> Rollups { get; private set; } = [];

    /// <summary>The IANA time zone of the business: its days begin at midnight there.</summary>
    public string TimeZone { get; }

    public Metric? Find(string name) => _metrics.GetValueOrDefault(name);

    public SavedQuery? FindSavedQuery(string name) => _savedQueries.GetValueOrDefault(name);

    /// <summary>Whether a name is that of one of the project's own grains.</summary>
    public bool IsOwnGrain(string name) => _calendarGrains.ContainsKey(name) || _customGrains.ContainsKey(name);

    /// <summary>A grain that the project's calendars compute, or null.</summary>
    public CalendarGrain? FindCalendarGrain(string name) => _calendarGrains.GetValueOrDefault(name);

    /// <summary>The spine that has one of the project's own grains as a column, or null.</summary>
    public TimeSpine? FindCustomGrain(string name) => _customGrains.GetValueOrDefault(name);

    /// <summary>Names of the project's own grains.</summary>
    public IReadOnlyCollection<string> OwnGrains { get; }

    /// <summary>The coarsest spine from which periods of a grain can be had, or null.</summary>
    public TimeSpine? FindSpine(Grain grain) => TimeSpines.LastOrDefault(spine => spine.Grain <= grain);

    /// <summary>How times of a zone become those of the business; null where they are that already.</summary>
    internal ZoneConversion? ConversionOf(string? storedZone) =>
        storedZone is null || storedZone == TimeZone ? null : new ZoneConversion(storedZone, TimeZone);

    /// <summary>The models in which an entity names at most one row, so that joining to them repeats none.</summary>
    internal IEnumerable<(SemanticModel Model, Entity Entity)> JoinableBy(string entity) => _uniqueEntities[entity];

    /// <summary>Reads the metrics of all packages. Every mistake is reported; what depends on one is left out.</summary>
    public static MetricModel Load(ProjectFolder project, IModelRelations relations, DiagnosticBag diagnostics)
    {
        var files = project
            .Packages.SelectMany(package => package.PropertyFiles().Select(file => (package, file)))
            .ToList();
        var models = new List<SemanticModel>();
        var modelReader = new SemanticModelReader(relations, diagnostics);
        var ownReader = new ModelSemanticsReader(relations, diagnostics);
        var spineReader = new TimeSpineReader(relations, diagnostics);
        var calendarGrains = new List<(CalendarGrain Grain, SourceLocation Location)>();
        var savedQueries = new List<SavedQuery>();
        var rollups = new List<RollupDefinition>();
        foreach (var (package, file) in files)
        {
            var reader = new MappingReader(file, diagnostics);
            models.AddRange(
                reader
                    .Mappings("semantic_models")
                    .Select(entry => modelReader.Read(entry, package))
                    .OfType<SemanticModel>()
            );
            foreach (var entry in ModelEntries(file, diagnostics))
            {
                spineReader.Add(entry);
                if (ownReader.Read(entry, package) is { } model)
                {
                    models.Add(model);
                }
            }

            calendarGrains.AddRange(
                reader
                    .Mappings("calendars")
                    .SelectMany(entry => CalendarReader.Read(entry).Select(grain => (grain, entry.Location)))
            );
            savedQueries.AddRange(
                reader.Mappings("saved_queries").Select(entry => SavedQueryReader.Read(entry, package))
            );
            rollups.AddRange(reader.Mappings("rollups").Select(RollupDefinition.Read));
        }

        ReportRepeated("semantic model", models.Select(model => (model.Name, model.Location)), diagnostics);
        ReportRepeated(
            "measure",
            models.SelectMany(model => model.Measures).Select(measure => (measure.Name, measure.Location)),
            diagnostics
        );

        var spines = spineReader.ReadAll();
        ReportRepeated(
            "grain",
            spines
                .SelectMany(spine => spine.CustomGrains.Keys.Select(name => (name, spine.Location)))
                .Concat(calendarGrains.Select(item => (item.Grain.Name, item.Location))),
            diagnostics
        );
        var metricReader = new MetricReader(models, diagnostics);
        foreach (var (package, file) in files)
        {
            AddMetrics(metricReader, file, package, diagnostics);
        }

        var loaded = new MetricModel(
            models,
            metricReader.ReadAll(),
            spines,
            [.. calendarGrains.Select(item => item.Grain)],
            savedQueries,
            project.Settings.TimeZone
        );
        DefinitionCheck.Run(loaded, diagnostics);
        loaded.Rollups = new RollupPlanner(loaded, diagnostics).PlanAll(rollups);
        return loaded;
    }

    private static void AddMetrics(
        MetricReader metrics,
        YamlMapping file,
        ProjectPackage package,
        DiagnosticBag diagnostics
    )
    {
        foreach (var entry in new MappingReader(file, diagnostics).Mappings("metrics"))
        {
            metrics.Add(entry, package);
        }

        foreach (var entry in ModelEntries(file, diagnostics).Where(entry => entry.Has("semantic_model")))
        {
            foreach (var metric in entry.Mappings("metrics"))
            {
                metrics.Add(metric, package);
            }
        }

        foreach (var model in new MappingReader(file, diagnostics).Mappings("semantic_models"))
        {
            foreach (var measure in model.Mappings("measures").Where(item => item.Boolean("create_metric") is true))
            {
                metrics.Add(measure, package);
            }
        }
    }

    // Other properties of models, and mistakes in them, are for the module that builds them.
    private static IEnumerable<MappingReader> ModelEntries(YamlMapping file, DiagnosticBag diagnostics) =>
        (file["models"] as YamlSequence)
            ?.Items.OfType<YamlMapping>()
            .Where(entry => entry["semantic_model"] is not null || entry["time_spine"] is not null)
            .Select(entry => new MappingReader(entry, diagnostics))
        ?? [];

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

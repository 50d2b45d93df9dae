using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Names;
using Headwater.Metrics.Semantics;
using Headwater.Modeling;
using Headwater.Modeling.Graph;
using Headwater.Modeling.Keeping;
using Headwater.Project;
using Headwater.Query;
using Headwater.Sources;

namespace Headwater.Platform.Projects;

/// <summary>A project read and checked as a whole: models, metrics, sources, dashboards, roles. Immutable.</summary>
public sealed class LoadedProject
{
    private readonly Lazy<MetricModel> _metrics;

    private LoadedProject(
        ProjectFolder folder,
        Manifest manifest,
        Lazy<MetricModel> metrics,
        IReadOnlyList<Diagnostic> warnings
    )
    {
        Folder = folder;
        Manifest = manifest;
        Warnings = warnings;
        _metrics = metrics;
    }

    public ProjectFolder Folder { get; }

    public Manifest Manifest { get; }

    /// <summary>What its author should know, though it loads.</summary>
    public IReadOnlyList<Diagnostic> Warnings { get; }

    /// <summary>What its semantic models and metrics mean. Of a project whose parse was kept they are read when somebody first asks.</summary>
    /// <exception cref="DiagnosticException">Their files have been changed since, and are wrong now.</exception>
    public MetricModel Metrics => _metrics.Value;

    /// <summary>Reads a project and everything in it.</summary>
    /// <param name="options">Which, and what lies over its files.</param>
    /// <param name="modeling">What templates see of the outside.</param>
    /// <param name="withFiles">Whether the files of its sources are looked for too: needed by whoever is going to land them.</param>
    /// <exception cref="DiagnosticException">Every mistake that can be known without running anything.</exception>
    public static LoadedProject Load(ProjectOptions options, ModelingOptions modeling, bool withFiles)
    {
        var diagnostics = new DiagnosticBag();
        var project = Read(options, modeling, withFiles, diagnostics);
        diagnostics.ThrowIfErrors();
        return project ?? throw new DiagnosticException(diagnostics.Sorted());
    }

    /// <summary>Reads a project as far as it can be read: use it only to look for more mistakes if there are errors.</summary>
    /// <param name="options">Which, and what lies over its files.</param>
    /// <param name="modeling">What templates see of the outside.</param>
    /// <param name="withFiles">Whether the files of its sources are looked for too.</param>
    /// <param name="diagnostics">Receives every mistake that can be known without running anything.</param>
    /// <returns>Null if there is none, which is one of the mistakes.</returns>
    public static LoadedProject? Read(
        ProjectOptions options,
        ModelingOptions modeling,
        bool withFiles,
        DiagnosticBag diagnostics
    )
    {
        var keeper = new ParseKeeper(options, modeling, typeof(LoadedProject), typeof(MetricModel), typeof(GateChecks));
        options = options with { Templates = options.Templates ?? new SettingTemplates(keeper.Options) };
        if (ProjectFolder.Load(options, diagnostics) is not { } folder)
        {
            return null;
        }

        var (manifest, metrics) = keeper.Read(folder) is { } kept
            ? Kept(kept, folder, diagnostics)
            : Parsed(keeper, folder, diagnostics);
        foreach (var source in folder.Sources)
        {
            SourceLander.Validate(source, diagnostics);
            Schedules.CronText.Validate(source, diagnostics);
            if (withFiles)
            {
                SourceLander.ValidateFiles(source, diagnostics);
            }
        }

        return new LoadedProject(folder, manifest, metrics, diagnostics.Sorted());
    }

    private static (Manifest, Lazy<MetricModel>) Kept(KeptParse kept, ProjectFolder folder, DiagnosticBag diagnostics)
    {
        diagnostics.AddRange(kept.Diagnostics);
        var metrics = new Lazy<MetricModel>(() =>
        {
            // What there is to say of them was said when the parse was kept.
            var again = new DiagnosticBag();
            var model = MetricModel.Load(folder, new ManifestRelations(kept.Manifest), again);
            again.ThrowIfErrors();
            // What is wrong with a file itself its folder's reader was told to say there.
            diagnostics.ThrowIfErrors();
            return model;
        });
        return (kept.Manifest, metrics);
    }

    private static (Manifest, Lazy<MetricModel>) Parsed(
        ParseKeeper keeper,
        ProjectFolder folder,
        DiagnosticBag diagnostics
    )
    {
        var before = diagnostics.Sorted().ToList();
        var manifest = new ModelingWorkspace().Load(folder, keeper.Options, diagnostics);
        var metrics = MetricModel.Load(folder, new ManifestRelations(manifest), diagnostics);
        GateChecks.Run(metrics, folder.Roles, diagnostics);
        RoleCheck.Run(manifest, folder.Roles, diagnostics);
        DashboardCheck.Run(folder.Dashboards, metrics, diagnostics);
        keeper.Keep(manifest, [.. diagnostics.Sorted().Where(diagnostic => !before.Remove(diagnostic))]);
        return (manifest, new Lazy<MetricModel>(metrics));
    }

    private sealed class ManifestRelations(Manifest manifest) : IModelRelations
    {
        public IReadOnlyCollection<string> Names { get; } =
        [.. manifest.Models.Select(model => model.Name), .. manifest.Seeds.Select(seed => seed.Name)];

        public RelationName? Find(string modelName) => manifest.RelationOf(modelName);
    }
}

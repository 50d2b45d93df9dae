using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Names;
using Headwater.Metrics.Semantics;
using Headwater.Modeling;
using Headwater.Modeling.Graph;
using Headwater.Project;
using Headwater.Query;
using Headwater.Sources;

namespace Headwater.Platform.Projects;

/// <summary>A project read and checked as a whole: models, metrics, sources, dashboards, roles. Immutable.</summary>
/// <param name="Warnings">What its author should know, though it loads.</param>
public sealed record LoadedProject(
    ProjectFolder Folder,
    Manifest Manifest,
    MetricModel Metrics,
    IReadOnlyList<Diagnostic> Warnings
)
{
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
        options = options with { Templates = options.Templates ?? new SettingTemplates(modeling) };
        if (ProjectFolder.Load(options, diagnostics) is not { } folder)
        {
            return null;
        }

        var manifest = new ModelingWorkspace().Load(folder, modeling, diagnostics);
        var metrics = MetricModel.Load(folder, new ManifestRelations(manifest), diagnostics);
        foreach (var source in folder.Sources)
        {
            SourceLander.Validate(source, diagnostics);
            Schedules.CronText.Validate(source, diagnostics);
            if (withFiles)
            {
                SourceLander.ValidateFiles(source, diagnostics);
            }
        }

        GateChecks.Run(metrics, folder.Roles, diagnostics);
        DashboardCheck.Run(folder.Dashboards, metrics, diagnostics);
        return new LoadedProject(folder, manifest, metrics, diagnostics.Sorted());
    }

    private sealed class ManifestRelations(Manifest manifest) : IModelRelations
    {
        public IReadOnlyCollection<string> Names { get; } =
        [.. manifest.Models.Select(model => model.Name), .. manifest.Seeds.Select(seed => seed.Name)];

        public RelationName? Find(string modelName) => manifest.RelationOf(modelName);
    }
}

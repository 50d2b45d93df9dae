using Headwater.Kernel.Diagnostics;
using Headwater.Modeling.Graph;
using Headwater.Modeling.Keeping;
using Headwater.Project;
using Headwater.Project.Settings;

namespace Headwater.Modeling.Tests.Keeping;

/// <summary>Loads a project as commands do: what was kept of it, else parsed and kept.</summary>
internal sealed record KeptLoad(Manifest Manifest, bool WasKept, IReadOnlyList<Diagnostic> Diagnostics)
{
    /// <summary>The text of a model, as its template has it too.</summary>
    public string Text(string model)
    {
        var node = Assert.IsType<ModelNode>(Manifest.FindRef(model));
        Assert.Equal(node.RawSql, node.Template.Source);
        return node.RawSql;
    }

    public static string Folder(TestProject project) => Path.Combine(project.Root, "target");

    public static string File(TestProject project) => Path.Combine(Folder(project), "kept-parse.bin");

    public static KeptLoad Of(
        TestProject project,
        Func<ProjectOptions, ProjectOptions>? asked = null,
        Func<ModelingOptions, ModelingOptions>? given = null
    )
    {
        var diagnostics = new DiagnosticBag();
        var options = new ProjectOptions(project.Root, null, SettingOverrides.None);
        options = asked?.Invoke(options) ?? options;
        var modeling = new ModelingOptions { KeptIn = _ => Folder(project) };
        var keeper = new ParseKeeper(options, given?.Invoke(modeling) ?? modeling);
        var folder = ProjectFolder.Load(
            options with
            {
                Templates = new SettingTemplates(keeper.Options),
            },
            diagnostics
        )!;
        if (keeper.Read(folder) is { } kept)
        {
            return new KeptLoad(kept.Manifest, true, kept.Diagnostics);
        }

        var before = diagnostics.Sorted().ToList();
        var manifest = new ModelingWorkspace().Load(folder, keeper.Options, diagnostics);
        var found = diagnostics.Sorted().Where(diagnostic => !before.Remove(diagnostic)).ToList();
        keeper.Keep(manifest, found);
        return new KeptLoad(manifest, false, found);
    }
}

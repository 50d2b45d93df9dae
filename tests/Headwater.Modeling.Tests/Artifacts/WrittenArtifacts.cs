using System.Text.Json;
using Headwater.Kernel.Diagnostics;
using Headwater.Modeling.Artifacts;
using Headwater.Modeling.Building;

namespace Headwater.Modeling.Tests.Artifacts;

/// <summary>The four documents of a project that has been built once.</summary>
internal sealed record WrittenArtifacts(
    JsonElement Manifest,
    JsonElement RunResults,
    JsonElement Catalog,
    JsonElement Sources
)
{
    public static async Task<WrittenArtifacts> OfAsync(TestProject project, BuildOptions? options = null)
    {
        var folder = Path.Combine(project.Root, "target");
        var manifest = project.LoadClean();
        var build = await new ModelBuilder(project.Host, manifest, TimeProvider.System).BuildAsync(
            options ?? new BuildOptions(),
            null,
            CancellationToken.None
        );
        var inspector = new ModelInspector(project.Host, manifest, TimeProvider.System);
        var problems = new DiagnosticBag();
        var compiled = await inspector.CompileAsync(manifest.Nodes.Values, problems, CancellationToken.None);
        Assert.Empty(problems.Sorted());
        var artifacts = new ArtifactFolder(folder, manifest, TimeProvider.System);
        await artifacts.WriteCompiledAsync(compiled, CancellationToken.None);
        await artifacts.WriteManifestAsync(compiled, CancellationToken.None);
        await artifacts.WriteRunResultsAsync(build, "build", CancellationToken.None);
        await artifacts.WriteCatalogAsync(
            await inspector.ReadCatalogAsync(CancellationToken.None),
            CancellationToken.None
        );
        var ages = await inspector.CheckFreshnessAsync(manifest.Sources, CancellationToken.None);
        await artifacts.WriteSourcesAsync(ages, TimeSpan.FromSeconds(1), CancellationToken.None);
        return new WrittenArtifacts(
            Read(folder, "manifest"),
            Read(folder, "run_results"),
            Read(folder, "catalog"),
            Read(folder, "sources")
        );
    }

    private static JsonElement Read(string folder, string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, name + ".json")));
        return document.RootElement.Clone();
    }
}

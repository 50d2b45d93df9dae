using Headwater.Kernel.Diagnostics;
using Headwater.Modeling;
using Headwater.Modeling.Artifacts;
using Headwater.Modeling.Building;
using Headwater.Modeling.Graph;
using Headwater.Warehouse;

namespace Headwater.Compat.Artifacts;

/// <summary>Writes all artifacts of a project that has been built.</summary>
internal static class ProjectArtifacts
{
    public static async Task WriteAsync(
        string folder,
        WarehouseHost host,
        Manifest manifest,
        BuildResult build,
        CancellationToken cancellationToken
    )
    {
        var inspector = new ModelInspector(host, manifest, TimeProvider.System);
        var artifacts = new ArtifactFolder(folder, manifest, TimeProvider.System);
        // What does not compile is counted where it is built.
        var compiled = await inspector.CompileAsync(manifest.Nodes.Values, new DiagnosticBag(), cancellationToken);
        await artifacts.WriteCompiledAsync(compiled, cancellationToken);
        await artifacts.WriteManifestAsync(compiled, cancellationToken);
        await artifacts.WriteRunResultsAsync(build, "build", cancellationToken);
        await artifacts.WriteCatalogAsync(await inspector.ReadCatalogAsync(cancellationToken), cancellationToken);
        var ages = await inspector.CheckFreshnessAsync(manifest.Sources, cancellationToken);
        await artifacts.WriteSourcesAsync(ages, build.Elapsed, cancellationToken);
    }
}

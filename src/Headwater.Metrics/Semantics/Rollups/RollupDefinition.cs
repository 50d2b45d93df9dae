using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Names;
using Headwater.Project;
using Headwater.Project.Yaml;

namespace Headwater.Metrics.Semantics.Rollups;

/// <summary>An entry of <c>rollups:</c> as its author wrote it: metrics to keep aggregated by some dimensions.</summary>
/// <param name="Name">Part of the name of its table.</param>
public sealed record RollupDefinition(
    LocatedText Name,
    IReadOnlyList<LocatedText> Metrics,
    IReadOnlyList<LocatedText> Dimensions
)
{
    internal static RollupDefinition Read(MappingReader reader)
    {
        var definition = new RollupDefinition(
            reader.RequiredName("name"),
            reader.Texts("metrics"),
            reader.Texts("dimensions")
        );
        if (definition.Metrics.Count == 0)
        {
            reader.Report(ProjectDiagnostics.MissingKey.At(reader.Location, "metrics"));
        }

        reader.Has("description");
        reader.Finish();
        return definition;
    }
}

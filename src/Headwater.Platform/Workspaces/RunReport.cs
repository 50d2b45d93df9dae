using Headwater.Kernel.Diagnostics;
using Headwater.Modeling.Building;
using Headwater.Platform.AccessTests;
using Headwater.Sources.Landing;

namespace Headwater.Platform.Workspaces;

/// <summary>What a landing or build did.</summary>
/// <param name="RunId">Its id in the run history.</param>
/// <param name="Landings">One a stream.</param>
/// <param name="Build">The build, or null if it did not come to one.</param>
public sealed record RunReport(string RunId, IReadOnlyList<StreamLanding> Landings, BuildResult? Build)
{
    /// <summary>What the access tests of the project found after the build.</summary>
    public IReadOnlyList<AccessTestResult> AccessTests { get; init; } = [];

    public IReadOnlyList<Diagnostic> Diagnostics =>
        [
            .. Landings.SelectMany(landing => landing.Diagnostics),
            .. Build?.Diagnostics ?? [],
            .. AccessTests.Select(test => test.Failure).OfType<Diagnostic>(),
        ];

    public bool Succeeded =>
        Landings.All(landing => !landing.Failed)
        && Build?.Succeeded != false
        && AccessTests.All(test => test.Failure is null);

    /// <summary>Sources of which a table has changed.</summary>
    public IReadOnlyList<string> ChangedSources =>
        [.. Landings.Where(landing => landing.Changed).Select(landing => landing.Source).Distinct()];
}

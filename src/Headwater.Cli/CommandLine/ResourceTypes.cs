using Headwater.Modeling.Building;

namespace Headwater.Cli.CommandLine;

/// <summary>The kinds of nodes, in dbt's words.</summary>
internal static class ResourceTypes
{
    private static readonly Dictionary<string, BuildKinds> Built = new(StringComparer.Ordinal)
    {
        ["model"] = BuildKinds.Models,
        ["seed"] = BuildKinds.Seeds,
        ["test"] = BuildKinds.Tests,
        ["snapshot"] = BuildKinds.Snapshots,
        ["unit_test"] = BuildKinds.UnitTests,
    };

    public static IReadOnlyList<string> Known { get; } =
    [
        "model",
        "seed",
        "snapshot",
        "source",
        "test",
        "unit_test",
        "analysis",
        "exposure",
        "metric",
        "semantic_model",
        "saved_query",
        "default",
        "all",
    ];

    public static bool IsKnown(string word) => Known.Contains(word, StringComparer.Ordinal);

    /// <summary>True if a kind is among those taken, which none given are all, and not among those left out.</summary>
    public static bool Takes(string kind, IReadOnlyList<string> taken, IReadOnlyList<string> left) =>
        (taken.Count == 0 || Means(taken, kind)) && !Means(left, kind);

    /// <summary>What a build takes of the kinds of its command.</summary>
    public static BuildKinds Of(BuildKinds kinds, IReadOnlyList<string> taken, IReadOnlyList<string> left) =>
        Built
            .Where(pair => kinds.HasFlag(pair.Value) && Takes(pair.Key, taken, left))
            .Aggregate(BuildKinds.None, (all, pair) => all | pair.Value);

    private static bool Means(IReadOnlyList<string> words, string kind) =>
        words.Any(word => word == kind || word is "all" or "default");
}

using System.Globalization;

namespace Headwater.Modeling.Parsing;

/// <summary>Orders the versions of a model.</summary>
internal static class VersionNumbers
{
    /// <summary>The highest number, or the last text in order where one version is no number.</summary>
    public static string Latest(IReadOnlyList<string> versions) =>
        versions.All(version => Number(version) is not null)
            ? versions.MaxBy(version => Number(version)!.Value)!
            : versions.Max(StringComparer.Ordinal)!;

    private static double? Number(string version) =>
        double.TryParse(version, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}

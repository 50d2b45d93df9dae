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

    /// <summary>Which of two versions is newer: by number where both are numbers, else as texts.</summary>
    public static int Compare(string left, string right) =>
        Number(left) is { } first && Number(right) is { } second
            ? first.CompareTo(second)
            : string.CompareOrdinal(left, right);

    private static double? Number(string version) =>
        double.TryParse(version, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}

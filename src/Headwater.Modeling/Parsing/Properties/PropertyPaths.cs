using Headwater.Project.Packages;

namespace Headwater.Modeling.Parsing;

/// <summary>Where a properties file stands in its package: what names of tests and the config of sources go by.</summary>
internal static class PropertyPaths
{
    private static readonly (string Setting, string ByDefault)[] Settings =
    [
        ("model-paths", "models"),
        ("seed-paths", "seeds"),
        ("snapshot-paths", "snapshots"),
        ("macro-paths", "macros"),
        ("test-paths", "tests"),
        ("analysis-paths", "analyses"),
    ];

    /// <summary>A path as shown to people, relative to its package.</summary>
    public static string Relative(ProjectPackage package, string display) =>
        Path.GetRelativePath(package.DisplayPath(package.Root), display).Replace('\\', '/');

    /// <summary>The folders between a path setting's and the file.</summary>
    public static IReadOnlyList<string> Folders(ProjectPackage package, string path)
    {
        foreach (var (setting, byDefault) in Settings)
        {
            foreach (var folder in package.Paths(setting, byDefault))
            {
                var prefix = folder.Replace('\\', '/').TrimEnd('/') + "/";
                if (path.StartsWith(prefix, StringComparison.Ordinal))
                {
                    return path[prefix.Length..].Split('/')[..^1];
                }
            }
        }

        return path.Split('/')[..^1];
    }
}

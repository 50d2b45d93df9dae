using System.Xml.Linq;

namespace Headwater.Architecture.Tests;

/// <summary>The repository as files.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>Modules by name, with the modules that their project files reference.</summary>
    public static Dictionary<string, string[]> References() =>
        Directory
            .EnumerateDirectories(Path.Combine(Root, "src"), "Headwater.*")
            .ToDictionary(
                folder => Path.GetFileName(folder)["Headwater.".Length..],
                folder =>
                    XDocument
                        .Load(Path.Combine(folder, Path.GetFileName(folder) + ".csproj"))
                        .Descendants("ProjectReference")
                        .Select(item =>
                            Path.GetFileNameWithoutExtension(item.Attribute("Include")!.Value)["Headwater.".Length..]
                        )
                        .ToArray()
            );

    public static IEnumerable<string> Sources(string module) =>
        Directory
            .EnumerateFiles(Path.Combine(Root, "src", "Headwater." + module), "*.*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".cs" or ".razor")
            .Where(file =>
                !file.Contains(
                    $"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}",
                    StringComparison.Ordinal
                )
            );

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Headwater.slnx")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("not inside the repository");
        }

        return folder;
    }
}

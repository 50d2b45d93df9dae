using Headwater.Project.Packages;

namespace Headwater.Modeling.Parsing;

/// <summary>A file of a package below one of the folders that a path setting names.</summary>
/// <param name="Path">Relative to the package.</param>
/// <param name="Fqn">Package, folders below the path setting's, name.</param>
internal sealed record PackageFile(string FullPath, string Display, string Path, string Name, IReadOnlyList<string> Fqn)
{
    public static IEnumerable<PackageFile> All(
        ProjectPackage package,
        string setting,
        string byDefault,
        string extension
    )
    {
        foreach (var folder in package.Paths(setting, byDefault))
        {
            var root = System.IO.Path.Combine(package.Root, folder);
            foreach (var file in package.Files([folder], extension))
            {
                var below = System.IO.Path.GetRelativePath(root, file).Replace('\\', '/').Split('/');
                var name = System.IO.Path.GetFileNameWithoutExtension(file);
                yield return new PackageFile(
                    file,
                    package.DisplayPath(file),
                    System.IO.Path.GetRelativePath(package.Root, file).Replace('\\', '/'),
                    name,
                    [package.Name, .. below[..^1], name]
                );
            }
        }
    }
}

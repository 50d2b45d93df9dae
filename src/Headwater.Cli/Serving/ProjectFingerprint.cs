using System.Security.Cryptography;
using System.Text;
using Headwater.Project;

namespace Headwater.Cli.Serving;

/// <summary>Tells whether a project's files have changed: a hash of their names and contents, packages included, data aside.</summary>
internal static class ProjectFingerprint
{
    private static readonly string[] SingleFiles = ["dbt_project.yml", "packages.yml", "profiles.yml"];
    private static readonly string[] Extensions = [".yml", ".yaml", ".sql", ".csv", ".md"];

    public static string Of(ProjectFolder project)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var package in project.Packages)
        {
            string[] folders =
            [
                "sources",
                "dashboards",
                "access",
                .. package.Paths("model-paths", "models"),
                .. package.Paths("seed-paths", "seeds"),
                .. package.Paths("macro-paths", "macros"),
                .. package.Paths("test-paths", "tests"),
                .. package.Paths("snapshot-paths", "snapshots"),
            ];
            var single = SingleFiles.Select(name => Path.Combine(package.Root, name)).Where(File.Exists);
            foreach (var file in package.Files(folders, Extensions).Concat(single))
            {
                hash.AppendData(Encoding.UTF8.GetBytes(package.Name + "/" + Path.GetRelativePath(package.Root, file)));
                hash.AppendData(SHA256.HashData(File.ReadAllBytes(file)));
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}

namespace Headwater.Compat.Packages;

/// <summary>Copies folders, what dbt leaves behind left out.</summary>
internal static class Folders
{
    private static readonly string[] Skipped = [".git", "target", "dbt_packages", "logs", "docs", "images"];

    public static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)), overwrite: true);
        }

        foreach (var folder in Directory.EnumerateDirectories(from))
        {
            if (!Skipped.Contains(Path.GetFileName(folder), StringComparer.Ordinal))
            {
                Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
            }
        }
    }
}

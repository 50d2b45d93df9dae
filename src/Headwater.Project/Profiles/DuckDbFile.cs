using Headwater.Kernel.Diagnostics;
using Headwater.Project.Yaml;

namespace Headwater.Project.Profiles;

/// <summary>The database file that a DuckDB target names.</summary>
/// <param name="Path">Absolute.</param>
public sealed record DuckDbFile(string Path)
{
    /// <summary>What the engine calls the database: the file's name up to its first dot.</summary>
    public string Catalog => CatalogOf(Path);

    /// <summary>The file of a target's <c>path:</c>, below the project's folder if relative; null for that of the home folder.</summary>
    /// <param name="output">The target, rendered.</param>
    /// <param name="schema">The target's schema.</param>
    internal static DuckDbFile? Read(YamlMapping output, string schema, string root, DiagnosticBag diagnostics)
    {
        if (
            output["path"] is not YamlScalar { IsNull: false } written
            || written.Text.Trim() is not { Length: > 0 } path
            || path.StartsWith(":memory:", StringComparison.Ordinal)
        )
        {
            return null;
        }

        if (
            path.Contains("://", StringComparison.Ordinal)
            || path.StartsWith("md:", StringComparison.Ordinal)
            || path.StartsWith("motherduck:", StringComparison.Ordinal)
        )
        {
            diagnostics.Add(
                ProjectDiagnostics.NotAccepted.At(written.Location, "path", path, "the path of a file, or :memory:")
            );
            return null;
        }

        // The engine takes 'x.orders' for neither where a database and a schema are both called x.
        if (string.Equals(CatalogOf(path), schema, StringComparison.OrdinalIgnoreCase))
        {
            diagnostics.Add(ProjectDiagnostics.PathLikeSchema.At(written.Location, path, schema));
            return null;
        }

        return new DuckDbFile(System.IO.Path.GetFullPath(System.IO.Path.Combine(root, path)));
    }

    private static string CatalogOf(string path) => System.IO.Path.GetFileName(path).Split('.')[0];
}

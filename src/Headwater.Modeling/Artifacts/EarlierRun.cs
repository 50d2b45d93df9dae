using System.Text.Json;

namespace Headwater.Modeling.Artifacts;

/// <summary>Reads what an earlier run wrote below <c>target/</c>, by this product or by dbt.</summary>
public static class EarlierRun
{
    private static readonly string[] Unfinished = ["error", "fail", "skipped", "runtime error", "partial success"];

    /// <summary>The command of the last run, and the unique ids of what did not succeed in it.</summary>
    /// <param name="folder">The folder with <c>run_results.json</c>.</param>
    /// <exception cref="Kernel.Diagnostics.DiagnosticException">HW2154: there is no such file, or it is another.</exception>
    public static (string Command, IReadOnlySet<string> Ids) ReadUnfinished(string folder) =>
        Read(
            Path.Combine(folder, "run_results.json"),
            root =>
            {
                var ids = root.GetProperty("results")
                    .EnumerateArray()
                    .Where(result =>
                        Unfinished.Contains(result.GetProperty("status").GetString(), StringComparer.Ordinal)
                    )
                    .Select(result => result.GetProperty("unique_id").GetString()!)
                    .ToHashSet(StringComparer.Ordinal);
                var command =
                    root.TryGetProperty("args", out var args) && args.TryGetProperty("which", out var which)
                        ? which.GetString()!
                        : "build";
                return (command, (IReadOnlySet<string>)ids);
            }
        );

    /// <summary>The relations of another environment, by unique id, as its <c>manifest.json</c> names them.</summary>
    /// <param name="folder">The folder with <c>manifest.json</c>.</param>
    /// <exception cref="Kernel.Diagnostics.DiagnosticException">HW2154: there is no such file, or it is another.</exception>
    public static IReadOnlyDictionary<string, string> ReadRelations(string folder) =>
        Read(
            Path.Combine(folder, "manifest.json"),
            root =>
                root.GetProperty("nodes")
                    .EnumerateObject()
                    .Where(node =>
                        node.Value.TryGetProperty("relation_name", out var name)
                        && name.ValueKind == JsonValueKind.String
                        && node.Value.GetProperty("resource_type").GetString() is "model" or "seed" or "snapshot"
                    )
                    .ToDictionary(
                        node => node.Name,
                        node => node.Value.GetProperty("relation_name").GetString()!,
                        StringComparer.Ordinal
                    )
        );

    private static T Read<T>(string path, Func<JsonElement, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return read(document.RootElement);
        }
        catch (Exception problem)
            when (problem
                    is IOException
                        or UnauthorizedAccessException
                        or JsonException
                        or KeyNotFoundException
                        or InvalidOperationException
            )
        {
            throw ModelingDiagnostics.BadArtifact.With(path, problem.Message).ToException(problem);
        }
    }
}

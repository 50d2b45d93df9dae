using System.Text.Json;
using Headwater.Modeling.Building;

namespace Headwater.Modeling.Artifacts;

/// <summary>Reads what an earlier run wrote below <c>target/</c>, by this product or by dbt.</summary>
public static class EarlierRun
{
    private static readonly string[] Unfinished = ["error", "fail", "skipped", "runtime error", "partial success"];

    /// <summary>What did not succeed in the last run.</summary>
    /// <param name="folder">The folder with <c>run_results.json</c>.</param>
    /// <exception cref="Kernel.Diagnostics.DiagnosticException">HW2154: there is no such file, or it is another.</exception>
    public static UnfinishedRun ReadUnfinished(string folder) =>
        Read(
            Path.Combine(folder, "run_results.json"),
            root =>
            {
                var unfinished = root.GetProperty("results")
                    .EnumerateArray()
                    .Where(result =>
                        Unfinished.Contains(result.GetProperty("status").GetString(), StringComparer.Ordinal)
                    )
                    .ToList();
                return new UnfinishedRun(
                    root.TryGetProperty("args", out var args) && args.TryGetProperty("which", out var which)
                        ? which.GetString()!
                        : "build",
                    unfinished.Select(Id).ToHashSet(StringComparer.Ordinal),
                    unfinished
                        .Where(result => result.GetProperty("status").GetString() == "partial success")
                        .ToDictionary(Id, FailedBatches, StringComparer.Ordinal)
                );
            }
        );

    private static string Id(JsonElement result) => result.GetProperty("unique_id").GetString()!;

    private static IReadOnlyList<BatchSpan> FailedBatches(JsonElement result) =>
        [
            .. result
                .GetProperty("batch_results")
                .GetProperty("failed")
                .EnumerateArray()
                .Select(batch => new BatchSpan(
                    batch[0].GetDateTimeOffset().UtcDateTime,
                    batch[1].GetDateTimeOffset().UtcDateTime
                )),
        ];

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
                        or FormatException
            )
        {
            throw ModelingDiagnostics.BadArtifact.With(path, problem.Message).ToException(problem);
        }
    }
}

/// <summary>What did not succeed in a run.</summary>
/// <param name="Command">The command, such as <c>build</c>.</param>
/// <param name="Ids">Unique ids of the nodes.</param>
/// <param name="Batches">Of models of which some batches succeeded, those that did not, by unique id.</param>
public sealed record UnfinishedRun(
    string Command,
    IReadOnlySet<string> Ids,
    IReadOnlyDictionary<string, IReadOnlyList<BatchSpan>> Batches
);

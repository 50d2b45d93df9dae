using System.Diagnostics;
using System.Text.Json;

namespace Headwater.Compat.Artifacts;

/// <summary>dbt's published schemas, and the program that holds documents against them.</summary>
/// <param name="schemas">The folder with dbt's schemas.</param>
/// <param name="validator">The script that Node.js runs.</param>
internal sealed class ArtifactSchemas(string schemas, string validator)
{
    private const string Folder = "dbt-labs+schemas.getdbt.com";

    /// <summary>The schemas below a folder; null where they, or the validator, are not there.</summary>
    public static ArtifactSchemas? Find(string directory, string? validator)
    {
        var schemas = Path.Combine(directory, Folder);
        return
            validator is not null
            && Directory.Exists(schemas)
            && Directory.Exists(Path.Combine(Path.GetDirectoryName(validator)!, "node_modules"))
            ? new ArtifactSchemas(schemas, validator)
            : null;
    }

    /// <summary>Validates the artifacts of a folder.</summary>
    /// <returns>What is wrong with each document that is there, by its name.</returns>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<ArtifactProblem>>> ValidateAsync(
        string folder,
        CancellationToken cancellationToken
    )
    {
        var start = new ProcessStartInfo("node") { RedirectStandardOutput = true, UseShellExecute = false };
        start.ArgumentList.Add(validator);
        start.ArgumentList.Add(schemas);
        start.ArgumentList.Add(folder);
        using var process =
            Process.Start(start) ?? throw new InvalidOperationException("Node.js could not be started.");
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"The validator of artifacts ended with {process.ExitCode}.");
        }

        using var report = JsonDocument.Parse(output);
        return report
            .RootElement.EnumerateObject()
            .ToDictionary(
                document => document.Name,
                document =>
                    (IReadOnlyList<ArtifactProblem>)
                        [
                            .. document
                                .Value.EnumerateArray()
                                .Select(problem => new ArtifactProblem(
                                    problem.GetProperty("path").GetString()!,
                                    problem.GetProperty("cause").GetString()!
                                )),
                        ],
                StringComparer.Ordinal
            );
    }
}

/// <param name="Path">Where in the document.</param>
/// <param name="Cause">What the schema says against it.</param>
internal sealed record ArtifactProblem(string Path, string Cause)
{
    /// <summary>The place without the id of a node, so that alike problems are one cause.</summary>
    public string Place
    {
        get
        {
            var parts = Path.Split('/');
            return string.Join('/', parts.Select((part, index) => index == 2 ? "*" : part));
        }
    }
}

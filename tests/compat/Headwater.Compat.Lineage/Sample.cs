using System.Text.Json;

namespace Headwater.Compat.Lineage;

/// <summary>A column whose inputs were worked out by reading its SQL, apart from the tracer.</summary>
/// <param name="Inputs">As <c>relation.column kind</c>.</param>
internal sealed record SampledColumn(string Project, string Model, string Column, IReadOnlyList<string> Inputs)
{
    private static readonly JsonSerializerOptions Reading = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    public static IReadOnlyList<SampledColumn> ReadAll(string path) =>
        JsonSerializer.Deserialize<List<SampledColumn>>(File.ReadAllText(path), Reading)!;

    /// <summary>Columns taken at random, the same for the same seed.</summary>
    public static IEnumerable<(string Project, string Model, string Column)> Draw(
        IEnumerable<CompiledProject> projects,
        int seed,
        int count
    )
    {
        var all = projects
            .SelectMany(project =>
                project.Models.SelectMany(model => model.Columns.Select(column => (project.Name, model.Name, column)))
            )
            .ToArray();
#pragma warning disable CA5394 // The same sample each time is what is wanted.
        new Random(seed).Shuffle(all);
#pragma warning restore CA5394
        return all.Take(count).Order();
    }
}

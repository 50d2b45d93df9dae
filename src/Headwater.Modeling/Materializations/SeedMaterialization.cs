using Headwater.Jinja.Values;
using Headwater.Modeling.Graph;
using Headwater.Warehouse.Port;

namespace Headwater.Modeling.Materializations;

/// <summary>A table from a CSV file of the project. Types are detected over the whole file; <c>column_types</c> says otherwise.</summary>
internal sealed class SeedMaterialization : IMaterialization
{
    public string Name => "seed";

    public async ValueTask CheckAsync(MaterializationJob job, CancellationToken cancellationToken) =>
        await LoadAsync(job, " WITH NO DATA", cancellationToken);

    public async ValueTask<long?> BuildAsync(MaterializationJob job, CancellationToken cancellationToken)
    {
        await LoadAsync(job, "", cancellationToken);
        return await job.CountAsync(cancellationToken);
    }

    private static async ValueTask LoadAsync(MaterializationJob job, string suffix, CancellationToken cancellationToken)
    {
        // The engine reads files from its spool folder alone.
        var seed = (SeedNode)job.Node;
        var copy = Path.Combine(job.SpoolFolder, $"seed_{Path.GetRandomFileName()}.csv");
        File.Copy(seed.File, copy);
        try
        {
            await job.MakeWayAsync("table", cancellationToken);
            await job.Connection.ExecuteAsync(
                $"CREATE OR REPLACE TABLE {job.QuotedName} AS SELECT * FROM read_csv({string.Join(", ", Arguments(job, copy))}){suffix}",
                cancellationToken
            );
        }
        finally
        {
            File.Delete(copy);
        }
    }

    private static IEnumerable<string> Arguments(MaterializationJob job, string path)
    {
        yield return job.Dialect.Literal(path);
        yield return "header = true";
        yield return "sample_size = -1";
        yield return "nullstr = ''";
        yield return $"delim = {job.Dialect.Literal(job.Node.Config.Text("delimiter") ?? ",")}";
        yield return "quote = '\"'";
        yield return "escape = '\"'";
        if (job.Node.Config["column_types"] is JinjaDict { Count: > 0 } types)
        {
            var pairs = types.Items.Select(pair =>
                $"{job.Dialect.Literal(Text.Str(pair.Key))}: {job.Dialect.Literal(Text.Str(pair.Value))}"
            );
            yield return $"types = {{{string.Join(", ", pairs)}}}";
        }
    }
}

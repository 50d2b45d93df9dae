using Headwater.Modeling.Graph;
using Headwater.Warehouse.Port;

namespace Headwater.Modeling.Materializations;

/// <summary>
/// A table from a CSV file of the project. Every row must have as many fields as the header. Types are detected over the whole file;
/// <c>column_types</c> says otherwise.
/// </summary>
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
        try
        {
            File.Copy(seed.File, copy);
            var delimiter = job.Node.Config.Text("delimiter") is { Length: > 0 } given ? given : ",";
            var names = SeedHeader.Read(copy, delimiter);
            var rows = Rows(job, copy, delimiter, names);
            var types = await SeedTypes.DetectAsync(job, names, rows, cancellationToken);
            var columns = names.Zip(
                types,
                (name, type) => $"CAST({job.Dialect.Quote(name)} AS {type}) AS {job.Dialect.Quote(name)}"
            );
            await job.ReplaceAsync(
                "table",
                $"CREATE OR REPLACE TABLE {job.QuotedName} AS SELECT {string.Join(", ", columns)} FROM {rows}{suffix}",
                cancellationToken
            );
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw ModelingDiagnostics
                .ModelFailed.At(seed.Location, $"seed '{seed.Name}'", problem.Message)
                .ToException(problem);
        }
        finally
        {
            File.Delete(copy);
        }
    }

    private static string Rows(MaterializationJob job, string path, string delimiter, IReadOnlyList<string> names)
    {
        var columns = string.Join(", ", names.Select(name => $"{job.Dialect.Literal(name)}: 'VARCHAR'"));
        return $"read_csv({job.Dialect.Literal(path)}, auto_detect = false, header = true, nullstr = '', "
            + $"delim = {job.Dialect.Literal(delimiter)}, quote = '\"', escape = '\"', columns = {{{columns}}})";
    }
}

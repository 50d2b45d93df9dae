namespace Headwater.Modeling.Materializations;

/// <summary>A table made anew from its query.</summary>
internal sealed class TableMaterialization : IMaterialization
{
    public string Name => "table";

    public async ValueTask CheckAsync(MaterializationJob job, CancellationToken cancellationToken) =>
        await job.ReplaceAsync("table", $"{Create(job)} WITH NO DATA", cancellationToken);

    public async ValueTask<long?> BuildAsync(MaterializationJob job, CancellationToken cancellationToken)
    {
        await job.ReplaceAsync("table", Create(job), cancellationToken);
        return await job.CountAsync(cancellationToken);
    }

    private static string Create(MaterializationJob job) =>
        $"CREATE OR REPLACE TABLE {job.QuotedName} AS (\n{job.Sql}\n)";
}

namespace Headwater.Modeling.Materializations;

/// <summary>A view: its query runs whenever it is read.</summary>
internal sealed class ViewMaterialization : IMaterialization
{
    public string Name => "view";

    public async ValueTask CheckAsync(MaterializationJob job, CancellationToken cancellationToken) =>
        await BuildAsync(job, cancellationToken);

    public async ValueTask<long?> BuildAsync(MaterializationJob job, CancellationToken cancellationToken)
    {
        var statement = $"CREATE OR REPLACE VIEW {job.QuotedName} AS (\n{job.Sql}\n)";
        await job.ReplaceAsync("view", statement, cancellationToken);
        return null;
    }
}

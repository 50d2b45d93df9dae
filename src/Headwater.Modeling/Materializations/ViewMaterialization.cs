using Headwater.Modeling.Contracts;
using Headwater.Modeling.Engines;
using Headwater.Modeling.Graph;

namespace Headwater.Modeling.Materializations;

/// <summary>A view: its query runs whenever it is read.</summary>
internal sealed class ViewMaterialization : IMaterialization
{
    public string Name => "view";

    public async ValueTask CheckAsync(MaterializationJob job, CancellationToken cancellationToken) =>
        await BuildAsync(job, cancellationToken);

    public async ValueTask<long?> BuildAsync(MaterializationJob job, CancellationToken cancellationToken)
    {
        if (job.Node is ModelNode { HasContract: true } model)
        {
            await ModelContract.CheckAsync(job, model, cancellationToken);
        }

        await job.ReplaceAsync(
            RelationKind.View,
            quoted => [job.Engine.CreateView(quoted, job.Sql)],
            cancellationToken
        );
        return null;
    }
}

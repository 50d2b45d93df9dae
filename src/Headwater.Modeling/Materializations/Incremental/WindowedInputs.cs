using Headwater.Modeling.Building;
using Headwater.Modeling.Engines;
using Headwater.Modeling.Graph;
using Headwater.Warehouse.Port;

namespace Headwater.Modeling.Materializations;

/// <summary>
/// What a microbatch model reads, limited to one batch: those that have an <c>event_time</c> of their own are read through temporary
/// views of the same names, so that the model's SQL may join, alias and qualify them as it likes.
/// </summary>
internal sealed class WindowedInputs(MaterializationJob job, EventTimeWindow window)
{
    private readonly Dictionary<string, string> _views = new(StringComparer.Ordinal);

    /// <summary>What the model's template sees: the views, and of all else what the build reads.</summary>
    public CompileScope Scope
    {
        get
        {
            var replaced = new Dictionary<string, string>(job.Run.Scope.Replaced, StringComparer.Ordinal);
            foreach (var (id, view) in _views)
            {
                replaced[id] = view;
            }

            return new CompileScope { Replaced = replaced, Batch = window };
        }
    }

    public async ValueTask OpenAsync(CancellationToken cancellationToken)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var input in Inputs())
        {
            var name = input.Relation.Name;
            while (!names.Add(name))
            {
                name += "_";
            }

            _views[input.UniqueId] = job.Engine.QuoteTemporary(name);
            var condition = window.Condition(job.Engine, input.Config.Text("event_time")!);
            var read = job.Run.Scope.Replaced.GetValueOrDefault(input.UniqueId) ?? job.Engine.Quote(input.Relation);
            await job.Connection.ExecuteAsync(
                $"CREATE TEMPORARY VIEW {job.Engine.Quote(name)} AS SELECT * FROM {read} WHERE {condition}",
                cancellationToken
            );
        }
    }

    public async ValueTask CloseAsync(CancellationToken cancellationToken)
    {
        foreach (var view in _views.Values)
        {
            await job.Connection.ExecuteAsync(WarehouseEngine.Drop(RelationKind.View, view), cancellationToken);
        }
    }

    private IEnumerable<RelationNode> Inputs() =>
        Parents(job.Node, job.Run.Manifest)
            .Where(input => input.Config.Text("event_time") is { Length: > 0 })
            .DistinctBy(input => input.UniqueId, StringComparer.Ordinal);

    // An ephemeral model is rendered into its reader, and what it reads is limited likewise.
    private static IEnumerable<RelationNode> Parents(ManifestNode node, Manifest manifest) =>
        node
            .DependsOn.Select(id => manifest.Nodes.GetValueOrDefault(id))
            .OfType<RelationNode>()
            .SelectMany(parent => parent is ModelNode { IsEphemeral: true } ? Parents(parent, manifest) : [parent]);
}

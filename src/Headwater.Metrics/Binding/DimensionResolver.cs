using Headwater.Kernel.Diagnostics;
using Headwater.Metrics.Semantics;

namespace Headwater.Metrics.Binding;

/// <summary>Finds dimensions from a semantic model along its entities. Stateless; safe for several threads.</summary>
public sealed class DimensionResolver(MetricModel metrics)
{
    /// <summary>
    /// The dimension, or null if it cannot be reached. <c>metric_time</c> is not resolved here: which column it is depends on the measure.
    /// </summary>
    /// <exception cref="DiagnosticException">HW4103: several tables answer to the same path.</exception>
    public ResolvedDimension? Resolve(SemanticModel from, DimensionReference reference)
    {
        var path = reference.EntityPath;
        var own = path.Count == 0 || (path.Count == 1 && NamesRowsOf(from, path[0]));
        if (own && Local(from, reference.Name, path.Count == 0) is { } local)
        {
            return local with { Path = [] };
        }

        return path.Count == 0 ? null : Walk(from, path, reference);
    }

    /// <summary>The dimension of a measure's own time.</summary>
    public static ResolvedDimension MetricTime(SemanticModel model, Measure measure)
    {
        var dimension = model.FindDimension(measure.TimeDimension!)!;
        return new ResolvedDimension([], model, dimension.Expression, dimension.Grain, "Time", null);
    }

    /// <summary>Every dimension within two joins, as queries name them, in order.</summary>
    public IEnumerable<(DimensionReference Reference, ResolvedDimension Dimension)> Reachable(SemanticModel from)
    {
        foreach (var dimension in from.Dimensions)
        {
            if (from.PrimaryEntity is { } primary)
            {
                var reference = new DimensionReference([primary], dimension.Name, null);
                if (Resolve(from, reference) is { } found)
                {
                    yield return (reference, found);
                }
            }
        }

        foreach (var (path, owner) in Joined(from))
        {
            foreach (var dimension in owner.Dimensions)
            {
                var reference = new DimensionReference(path, dimension.Name, null);
                if (Resolve(from, reference) is { Path.Count: > 0 } found)
                {
                    yield return (reference, found);
                }
            }
        }
    }

    private IEnumerable<(IReadOnlyList<string> Path, SemanticModel Owner)> Joined(SemanticModel from)
    {
        foreach (var first in from.Entities)
        {
            if (TargetsOf(from, first.Name) is not [var (near, _)])
            {
                continue;
            }

            yield return ([first.Name], near);
            foreach (var second in near.Entities.Where(entity => entity.Type == EntityType.Foreign))
            {
                if (
                    second.Name != first.Name
                    && from.FindEntity(second.Name) is null
                    && TargetsOf(near, second.Name) is [var (far, _)]
                )
                {
                    yield return ([first.Name, second.Name], far);
                }
            }
        }
    }

    private ResolvedDimension? Walk(SemanticModel from, IReadOnlyList<string> path, DimensionReference reference)
    {
        var steps = new List<JoinStep>();
        var current = from;
        foreach (var name in path)
        {
            // The first entity may name the rows of the table we stand on: a longer spelling of the same place.
            if (steps.Count == 0 && path.Count > 1 && name == from.PrimaryEntity)
            {
                continue;
            }

            if (current.FindEntity(name) is not { } key)
            {
                return null;
            }

            var isLast = ReferenceEquals(name, path[^1]);
            var targets = TargetsOf(current, name)
                .Where(target => !isLast || Local(target.Model, reference.Name, false) is not null)
                .ToList();
            switch (targets)
            {
                case []:
                    return null;
                case [var (model, entity)]:
                    steps.Add(new JoinStep(key.Expression, model, entity));
                    current = model;
                    break;
                default:
                    throw MetricDiagnostics
                        .AmbiguousPath.With(
                            reference,
                            from.Name,
                            string.Join(", ", targets.Select(target => target.Model.Name))
                        )
                        .ToException();
            }
        }

        return Local(current, reference.Name, false) is { } found ? found with { Path = steps } : null;
    }

    private List<(SemanticModel Model, Entity Entity)> TargetsOf(SemanticModel from, string entityName) =>
        [
            .. metrics
                .Models.Where(model => model != from)
                .Select(model => (Model: model, Entity: model.FindEntity(entityName)))
                .Where(pair => pair.Entity is { IsUnique: true })
                .Select(pair => (pair.Model, pair.Entity!)),
        ];

    private static bool NamesRowsOf(SemanticModel model, string entity) =>
        model.PrimaryEntity == entity || model.FindEntity(entity) is { IsUnique: true };

    private static ResolvedDimension? Local(SemanticModel model, string name, bool entities)
    {
        if (model.FindDimension(name) is { } dimension && !entities)
        {
            return new ResolvedDimension(
                [],
                model,
                dimension.Expression,
                dimension.Grain,
                dimension.Label,
                dimension.Description
            );
        }

        return entities && model.FindEntity(name) is { } entity
            ? new ResolvedDimension([], model, entity.Expression, null, null, null)
            : null;
    }
}

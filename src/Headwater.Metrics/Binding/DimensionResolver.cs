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
        if (own && Local(from, reference.Name, path.Count == 0 ? null : path[0]) is { } local)
        {
            return local;
        }

        if (path.Count == 0)
        {
            return null;
        }

        var found = Walk(from, path, 0, reference.Name, []).Take(2).ToList();
        return found.Count > 1
            ? throw MetricDiagnostics
                .AmbiguousPath.With(
                    reference,
                    from.Name,
                    string.Join(
                        ", ",
                        found.Select(item => string.Join(" → ", item.Path.Select(step => step.Target.Name)))
                    )
                )
                .ToException()
            : found.FirstOrDefault();
    }

    /// <summary>
    /// The whole spelling of a reference that may leave out the first entity of its path: <c>user__state</c> for
    /// <c>listing__user__state</c> where only the listing has a user. Null if there is none.
    /// </summary>
    /// <exception cref="DiagnosticException">HW4103: several paths end so.</exception>
    public DimensionReference? Complete(SemanticModel from, DimensionReference reference)
    {
        if (Resolve(from, reference) is not null)
        {
            return reference;
        }

        if (reference.EntityPath.Count == 0)
        {
            return null;
        }

        var longer = from
            .Entities.Where(entity => entity.Name != from.PrimaryEntity && !reference.EntityPath.Contains(entity.Name))
            .Select(entity => reference with { EntityPath = [entity.Name, .. reference.EntityPath] })
            .Where(candidate => Resolve(from, candidate) is not null)
            .ToList();
        return longer.Count > 1
            ? throw MetricDiagnostics
                .AmbiguousPath.With(reference, from.Name, string.Join(", ", longer.Select(item => item.BaseName)))
                .Offering(longer.Select(item => item.BaseName))
                .ToException()
            : longer.FirstOrDefault();
    }

    /// <summary>The dimension of a measure's own time.</summary>
    public static ResolvedDimension MetricTime(SemanticModel model, Measure measure)
    {
        var dimension = model.FindDimension(measure.TimeDimension!)!;
        return new ResolvedDimension([], model, dimension.Expression, dimension.Grain, "Time", null)
        {
            StoredZone = dimension.StoredZone,
        };
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
                if (TryResolve(from, reference) is { Path.Count: > 0 } found)
                {
                    yield return (reference, found);
                }
            }
        }
    }

    /// <summary>Every entity within two joins, as queries name them: the keys of a model's rows, and of the tables that they lead to.</summary>
    public IEnumerable<(DimensionReference Reference, ResolvedDimension Dimension)> ReachableEntities(
        SemanticModel from
    )
    {
        var own = from.Entities.Select(entity => new DimensionReference([], entity.Name, null));
        var joined = Joined(from)
            .SelectMany(table =>
                table.Owner.Entities.Select(entity => new DimensionReference(table.Path, entity.Name, null))
            );
        foreach (var reference in own.Concat(joined))
        {
            // The entity of a table that the rows have themselves has a name already.
            var isOwn = reference.EntityPath.Count > 0 && from.FindEntity(reference.Name) is not null;
            if (!isOwn && TryResolve(from, reference) is { } found)
            {
                yield return (reference, found);
            }
        }
    }

    private ResolvedDimension? TryResolve(SemanticModel from, DimensionReference reference)
    {
        try
        {
            return Resolve(from, reference);
        }
        catch (DiagnosticException)
        {
            // Ambiguous: it cannot be asked for by this name.
            return null;
        }
    }

    private IEnumerable<(IReadOnlyList<string> Path, SemanticModel Owner)> Joined(SemanticModel from)
    {
        foreach (var first in from.Entities)
        {
            foreach (var (near, _) in TargetsOf(from, first.Name))
            {
                yield return ([first.Name], near);
                foreach (var second in near.Entities.Where(entity => entity.Type == EntityType.Foreign))
                {
                    if (second.Name != first.Name && from.FindEntity(second.Name) is null)
                    {
                        foreach (var (far, _) in TargetsOf(near, second.Name))
                        {
                            yield return ([first.Name, second.Name], far);
                        }
                    }
                }
            }
        }
    }

    private IEnumerable<ResolvedDimension> Walk(
        SemanticModel current,
        IReadOnlyList<string> path,
        int index,
        string name,
        IReadOnlyList<JoinStep> steps
    )
    {
        if (index == path.Count)
        {
            return Local(current, name, path[^1]) is { } found ? [found with { Path = steps }] : [];
        }

        var entity = path[index];
        // The first entity may name the rows of the table we stand on: a longer spelling of the same place.
        if (index == 0 && path.Count > 1 && entity == current.PrimaryEntity && current.FindEntity(entity) is null)
        {
            return Walk(current, path, 1, name, steps);
        }

        if (current.FindEntity(entity) is not { } key)
        {
            return [];
        }

        var joined = TargetsOf(current, entity)
            .SelectMany(target =>
                Walk(
                    target.Model,
                    path,
                    index + 1,
                    name,
                    [.. steps, new JoinStep(key.Expression, target.Model, target.Entity)]
                )
            );
        return index == 0 && path.Count > 1 && entity == current.PrimaryEntity
            ? joined.Concat(Walk(current, path, 1, name, steps))
            : joined;
    }

    private IEnumerable<(SemanticModel Model, Entity Entity)> TargetsOf(SemanticModel from, string entity) =>
        metrics.JoinableBy(entity).Where(target => !ReferenceEquals(target.Model, from));

    private static bool NamesRowsOf(SemanticModel model, string entity) =>
        model.PrimaryEntity == entity || model.FindEntity(entity) is { IsUnique: true };

    // A dimension or entity of the model, named under an entity of its rows; without one only an entity.
    private static ResolvedDimension? Local(SemanticModel model, string name, string? entity)
    {
        if (entity is not null && model.FindDimension(name) is { } dimension)
        {
            return new ResolvedDimension(
                [],
                model,
                dimension.Expression,
                dimension.Grain,
                dimension.Label,
                dimension.Description
            )
            {
                StoredZone = dimension.StoredZone,
            };
        }

        // The entity of an entity is itself, and has a name already.
        return name != entity && model.FindEntity(name) is { } found
            ? new ResolvedDimension([], model, found.Expression, null, null, null)
            : null;
    }
}

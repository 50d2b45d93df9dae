using Headwater.Kernel.Names;
using Headwater.Metrics.Binding;
using Headwater.Metrics.Semantics;

namespace Headwater.Metrics.Planning;

/// <summary>
/// The tables of one scan: the measure's own first, each other joined to the one-side of an entity, and of each only the expressions that
/// are used. Filled while planning, read-only after.
/// </summary>
public sealed class ScanSources
{
    private readonly List<ScanSource> _sources = [];
    private readonly Dictionary<DimensionReference, PlanDimension> _dimensions = [];

    internal ScanSources(RelationName root) => _sources.Add(new ScanSource(root, null));

    public IReadOnlyList<ScanSource> Sources => _sources;

    public IEnumerable<RelationName> Relations => _sources.Select(source => source.Relation);

    /// <summary>A dimension that planning has added.</summary>
    public PlanDimension this[DimensionReference reference] => _dimensions[reference];

    internal PlanColumn AddToRoot(string expression) => new(0, _sources[0].Add(expression));

    internal PlanDimension Add(DimensionReference reference, ResolvedDimension resolved)
    {
        if (!_dimensions.TryGetValue(reference, out var known))
        {
            var source = 0;
            foreach (var step in resolved.Path)
            {
                source = Join(source, step);
            }

            known = new PlanDimension(
                new PlanColumn(source, _sources[source].Add(resolved.Expression)),
                resolved.Grain
            );
            _dimensions[reference] = known;
        }

        return known;
    }

    // Two dimensions over the same entity share one join.
    private int Join(int from, JoinStep step)
    {
        var fromColumn = new PlanColumn(from, _sources[from].Add(step.FromExpression));
        for (var index = 1; index < _sources.Count; index++)
        {
            var join = _sources[index].Join!;
            if (
                join.From == fromColumn
                && _sources[index].Relation == step.Target.Relation
                && join.Entity == step.Entity
            )
            {
                return index;
            }
        }

        var source = new ScanSource(step.Target.Relation, new ScanJoin(fromColumn, 0, step.Entity));
        source.Add(step.Entity.Expression);
        _sources.Add(source);
        return _sources.Count - 1;
    }
}

/// <summary>One table of a scan.</summary>
public sealed class ScanSource(RelationName relation, ScanJoin? join)
{
    private readonly List<string> _expressions = [];

    public RelationName Relation { get; } = relation;

    /// <summary>How it is joined; null for the first.</summary>
    public ScanJoin? Join { get; } = join;

    /// <summary>SQL over the table's columns.</summary>
    public IReadOnlyList<string> Expressions => _expressions;

    internal int Add(string expression)
    {
        var index = _expressions.IndexOf(expression);
        if (index < 0)
        {
            index = _expressions.Count;
            _expressions.Add(expression);
        }

        return index;
    }
}

/// <param name="From">The key on the side that is already there.</param>
/// <param name="KeyIndex">The expression of the joined table that is its key.</param>
public sealed record ScanJoin(PlanColumn From, int KeyIndex, Entity Entity);

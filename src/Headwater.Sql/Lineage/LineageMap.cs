using Headwater.Kernel.Names;

namespace Headwater.Sql.Lineage;

/// <summary>
/// The columns of many relations and what is made of what: from the columns that no query makes to those that none reads. Immutable, safe for several
/// threads. Making it costs the number of inputs.
/// </summary>
public sealed class LineageMap
{
    private readonly Dictionary<RelationName, RelationLineage> _relations = [];
    private readonly Dictionary<ColumnName, IReadOnlyList<LineageInput>> _inputs = [];
    private readonly Dictionary<ColumnName, List<LineageInput>> _uses = [];
    private readonly HashSet<RelationName> _named = [];

    public LineageMap(IEnumerable<RelationLineage> relations)
    {
        foreach (var relation in relations)
        {
            _relations[relation.Relation] = relation;
            _named.Add(relation.Relation);
            foreach (var column in relation.Columns)
            {
                var name = new ColumnName(relation.Relation, column.Name);
                _inputs[name] = column.Inputs;
                foreach (var input in column.Inputs)
                {
                    _named.Add(input.Column.Relation);
                    if (!_uses.TryGetValue(input.Column, out var uses))
                    {
                        _uses[input.Column] = uses = [];
                    }

                    uses.Add(new LineageInput(name, input.Kind));
                }
            }
        }
    }

    /// <summary>A map of nothing.</summary>
    public static LineageMap Empty { get; } = new([]);

    /// <summary>The relations that queries make.</summary>
    public IReadOnlyCollection<RelationLineage> Relations => _relations.Values;

    /// <summary>Every relation that is named anywhere, those that no query makes included.</summary>
    public IReadOnlyCollection<RelationName> AllRelations => _named;

    /// <summary>Every column that is named anywhere, those of relations that no query makes included.</summary>
    public IEnumerable<ColumnName> Columns => _inputs.Keys.Union(_uses.Keys);

    /// <summary>What makes a relation; null for one that no query makes.</summary>
    public RelationLineage? Find(RelationName relation) => _relations.GetValueOrDefault(relation);

    /// <summary>All that a column is made of, near ones first. Costs the size of the map above it.</summary>
    public LineageWay Upstream(ColumnName column) => Upstream(column, _ => true);

    /// <summary>As <see cref="Upstream(ColumnName)"/>, where some relations are not shown: the way leads through them unnamed.</summary>
    public LineageWay Upstream(ColumnName column, Func<RelationName, bool> isShown) =>
        Way(column, next => _inputs.GetValueOrDefault(next) ?? [], isShown);

    /// <summary>All that is made of a column, near ones first. Costs the size of the map below it.</summary>
    public LineageWay Downstream(ColumnName column) => Downstream(column, _ => true);

    /// <summary>As <see cref="Downstream(ColumnName)"/>, where some relations are not shown: the way leads through them unnamed.</summary>
    public LineageWay Downstream(ColumnName column, Func<RelationName, bool> isShown) =>
        Way(column, next => _uses.GetValueOrDefault(next) ?? [], isShown);

    private static LineageWay Way(
        ColumnName start,
        Func<ColumnName, IReadOnlyList<LineageInput>> next,
        Func<RelationName, bool> isShown
    )
    {
        // A column is looked at again when it is found to be nearer, or to be more to the value: each can happen only so often.
        var found = new Dictionary<ColumnName, LineageStep>();
        var open = new Queue<LineageStep>([new LineageStep(start, InputKind.Copied, 0)]);
        var hidden = false;
        while (open.TryDequeue(out var step))
        {
            foreach (var input in next(step.Column))
            {
                if (input.Column.Equals(start))
                {
                    continue;
                }

                var shown = isShown(input.Column.Relation);
                hidden |= !shown;
                var reached = new LineageStep(
                    input.Column,
                    Kinds.Composed(input.Kind, step.Kind),
                    step.Steps + (shown ? 1 : 0)
                );
                if (found.TryGetValue(input.Column, out var known))
                {
                    if (known.Kind >= reached.Kind && known.Steps <= reached.Steps)
                    {
                        continue;
                    }

                    reached = reached with
                    {
                        Kind = known.Kind > reached.Kind ? known.Kind : reached.Kind,
                        Steps = Math.Min(known.Steps, reached.Steps),
                    };
                }

                found[input.Column] = reached;
                open.Enqueue(reached);
            }
        }

        return new LineageWay(
            [
                .. found
                    .Values.Where(step => isShown(step.Column.Relation))
                    .OrderBy(step => step.Steps)
                    .ThenBy(step => step.Column.ToString(), StringComparer.OrdinalIgnoreCase),
            ],
            hidden
        );
    }
}

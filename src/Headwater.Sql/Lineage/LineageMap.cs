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

    public LineageMap(IEnumerable<RelationLineage> relations)
    {
        foreach (var relation in relations)
        {
            _relations[relation.Relation] = relation;
            foreach (var column in relation.Columns)
            {
                var name = new ColumnName(relation.Relation, column.Name);
                _inputs[name] = column.Inputs;
                foreach (var input in column.Inputs)
                {
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

    /// <summary>Every column that is named anywhere, those of relations that no query makes included.</summary>
    public IEnumerable<ColumnName> Columns => _inputs.Keys.Union(_uses.Keys);

    /// <summary>What makes a relation; null for one that no query makes.</summary>
    public RelationLineage? Find(RelationName relation) => _relations.GetValueOrDefault(relation);

    /// <summary>All that a column is made of, near ones first. Costs the size of the map above it.</summary>
    public IReadOnlyList<LineageStep> Upstream(ColumnName column) =>
        Closure(column, next => _inputs.GetValueOrDefault(next) ?? []);

    /// <summary>All that is made of a column, near ones first. Costs the size of the map below it.</summary>
    public IReadOnlyList<LineageStep> Downstream(ColumnName column) =>
        Closure(column, next => _uses.GetValueOrDefault(next) ?? []);

    private static List<LineageStep> Closure(ColumnName start, Func<ColumnName, IReadOnlyList<LineageInput>> next)
    {
        // A kind can only grow, and there are four of them: a column is looked at again no more than thrice. Its distance stays the first.
        var found = new Dictionary<ColumnName, LineageStep>();
        var open = new Queue<LineageStep>([new LineageStep(start, InputKind.Copied, 0)]);
        while (open.TryDequeue(out var step))
        {
            foreach (var input in next(step.Column))
            {
                var kind = Kinds.Composed(input.Kind, step.Kind);
                if (input.Column.Equals(start))
                {
                    continue;
                }

                var known = found.GetValueOrDefault(input.Column);
                if (known is null || known.Kind < kind)
                {
                    var reached = new LineageStep(input.Column, kind, known?.Steps ?? step.Steps + 1);
                    found[input.Column] = reached;
                    open.Enqueue(reached);
                }
            }
        }

        return
        [
            .. found
                .Values.OrderBy(step => step.Steps)
                .ThenBy(step => step.Column.ToString(), StringComparer.OrdinalIgnoreCase),
        ];
    }
}

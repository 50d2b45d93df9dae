using System.Collections.Frozen;
using Headwater.Sql.Lineage;

namespace Headwater.Sql.Resolution;

/// <summary>A column of a relation outside the query.</summary>
public sealed record SourceColumn(string Relation, string Column)
{
    public override string ToString() => $"{Relation}.{Column}";
}

/// <summary>Where a value comes from. Immutable.</summary>
public sealed class ColumnSources
{
    private readonly IReadOnlyDictionary<SourceColumn, InputKind> _inputs;

    private ColumnSources(IReadOnlyDictionary<SourceColumn, InputKind> inputs, bool complete)
    {
        _inputs = inputs;
        Complete = complete;
    }

    public static ColumnSources None { get; } = new(FrozenDictionary<SourceColumn, InputKind>.Empty, true);

    internal static ColumnSources Unknown { get; } = new(FrozenDictionary<SourceColumn, InputKind>.Empty, false);

    /// <summary>The columns that the value is made of, and what each is to it.</summary>
    public IReadOnlyDictionary<SourceColumn, InputKind> Inputs => _inputs;

    /// <summary>False when something on the way was not known, so that columns may be missing.</summary>
    public bool Complete { get; }

    internal static ColumnSources Of(SourceColumn column) =>
        new(new Dictionary<SourceColumn, InputKind>(1) { [column] = InputKind.Copied }, true);

    internal static ColumnSources Of(IEnumerable<SourceColumn> columns, InputKind kind, bool complete) =>
        new(columns.ToDictionary(column => column, _ => kind), complete);

    internal ColumnSources With(ColumnSources other)
    {
        if (ReferenceEquals(other, this) || (other._inputs.Count == 0 && (other.Complete || !Complete)))
        {
            return this;
        }

        if (_inputs.Count == 0 && (Complete || !other.Complete))
        {
            return other;
        }

        var complete = Complete && other.Complete;
        Dictionary<SourceColumn, InputKind>? merged = null;
        foreach (var (column, kind) in other._inputs)
        {
            if (!_inputs.TryGetValue(column, out var known) || known < kind)
            {
                merged ??= new Dictionary<SourceColumn, InputKind>(_inputs);
                merged[column] = kind;
            }
        }

        return merged is null && complete == Complete ? this : new ColumnSources(merged ?? _inputs, complete);
    }

    /// <summary>All of them together, in time linear in their number.</summary>
    internal static ColumnSources Union(IEnumerable<ColumnSources> all)
    {
        var result = None;
        Dictionary<SourceColumn, InputKind>? merged = null;
        var complete = true;
        foreach (var sources in all)
        {
            complete &= sources.Complete;
            if (merged is null)
            {
                var both = result.With(sources);
                if (!ReferenceEquals(result, None) && !ReferenceEquals(both, result) && !ReferenceEquals(both, sources))
                {
                    merged = new Dictionary<SourceColumn, InputKind>(both._inputs);
                }

                result = both;
                continue;
            }

            foreach (var (column, kind) in sources._inputs)
            {
                if (!merged.TryGetValue(column, out var known) || known < kind)
                {
                    merged[column] = kind;
                }
            }
        }

        return merged is null ? result : new ColumnSources(merged, complete);
    }

    /// <summary>The same columns where the value is only an input of this kind to another.</summary>
    internal ColumnSources As(InputKind kind)
    {
        if (kind == InputKind.Copied || _inputs.Values.All(own => Kinds.Composed(own, kind) == own))
        {
            return this;
        }

        var inputs = new Dictionary<SourceColumn, InputKind>(_inputs.Count);
        foreach (var (column, own) in _inputs)
        {
            inputs[column] = Kinds.Composed(own, kind);
        }

        return new ColumnSources(inputs, Complete);
    }

    internal bool Same(ColumnSources other) =>
        Complete == other.Complete
        && _inputs.Count == other._inputs.Count
        && _inputs.All(pair => other._inputs.TryGetValue(pair.Key, out var kind) && kind == pair.Value);
}

namespace Headwater.Sql.Resolution;

/// <summary>The columns that decide which rows a query gives: those of its filters, joins, groups and limits, and of what it reads.</summary>
internal sealed class RowFilters
{
    private readonly HashSet<SourceColumn> _columns = [];

    public static RowFilters None { get; } = new();

    public IReadOnlyCollection<SourceColumn> Columns => _columns;

    /// <summary>False when something on the way was not known, so that columns may be missing.</summary>
    public bool Complete { get; private set; } = true;

    public void Add(ColumnSources sources)
    {
        _columns.UnionWith(sources.Inputs.Keys);
        Complete &= sources.Complete;
    }

    public void Add(RowFilters other)
    {
        _columns.UnionWith(other._columns);
        Complete &= other.Complete;
    }
}

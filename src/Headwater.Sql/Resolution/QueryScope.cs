namespace Headwater.Sql.Resolution;

/// <summary>A relation of a FROM clause.</summary>
/// <param name="Names">The parts by which it is qualified; only one when it has an alias, none when it has no name.</param>
internal sealed record ScopeRelation(IReadOnlyList<string> Names, Shape Shape);

/// <summary>What names mean at a place of a query.</summary>
internal sealed class QueryScope(QueryScope? outer)
{
    public QueryScope? Outer { get; } = outer;

    public List<ScopeRelation> Relations { get; } = [];

    /// <summary>The columns that need no qualifier, in the order of a star; those joined by USING once.</summary>
    public List<OutputColumn> Visible { get; set; } = [];

    public List<OpenColumns> Open { get; } = [];

    /// <summary>Output columns that may be named here.</summary>
    public List<OutputColumn> Aliases { get; set; } = [];

    /// <summary>Whether output columns win over those of FROM, as in ORDER BY.</summary>
    public bool AliasesFirst { get; set; }

    /// <summary>Parameters of lambdas; they come from nowhere.</summary>
    public List<string> Parameters { get; } = [];

    public Dictionary<string, WindowSpecification> Windows { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Everything of the other as well; the other stands to the right.</summary>
    public void Add(QueryScope other)
    {
        Relations.AddRange(other.Relations);
        Visible.AddRange(other.Visible);
        Open.AddRange(other.Open);
    }
}

/// <summary>The CTEs in sight, innermost first.</summary>
internal sealed record CommonTables(string Name, Shape Shape, CommonTables? Others);

using Headwater.Kernel.Names;

namespace Headwater.Sql.Lineage;

/// <summary>A column of a relation. Compared as relations are: ignoring case.</summary>
public sealed record ColumnName(RelationName Relation, string Name)
{
    public bool Equals(ColumnName? other) =>
        other is not null
        && string.Equals(Name, other.Name, StringComparison.OrdinalIgnoreCase)
        && Relation.Equals(other.Relation);

    public override int GetHashCode() => HashCode.Combine(Relation, StringComparer.OrdinalIgnoreCase.GetHashCode(Name));

    public override string ToString() => $"{Relation}.{Name}";
}

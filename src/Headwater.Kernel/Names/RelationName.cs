namespace Headwater.Kernel.Names;

/// <summary>The full name of a table or view in the warehouse. Compared as the engines do for unquoted names: ignoring case.</summary>
/// <param name="Schema">Schema name, unquoted.</param>
/// <param name="Name">Table or view name, unquoted.</param>
public sealed record RelationName(string Schema, string Name)
{
    public bool Equals(RelationName? other) =>
        other is not null
        && string.Equals(Schema, other.Schema, StringComparison.OrdinalIgnoreCase)
        && string.Equals(Name, other.Name, StringComparison.OrdinalIgnoreCase);

    public override int GetHashCode() =>
        HashCode.Combine(
            StringComparer.OrdinalIgnoreCase.GetHashCode(Schema),
            StringComparer.OrdinalIgnoreCase.GetHashCode(Name)
        );

    public override string ToString() => $"{Schema}.{Name}";
}

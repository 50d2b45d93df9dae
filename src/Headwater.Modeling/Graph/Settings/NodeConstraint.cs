namespace Headwater.Modeling.Graph;

public enum ConstraintKind
{
    NotNull,
    Unique,
    PrimaryKey,
    ForeignKey,
    Check,
    Custom,
}

/// <summary>A constraint that a contract declares.</summary>
/// <param name="Name">Its name in the database, if one is wanted.</param>
/// <param name="Expression">SQL: the condition of a check, the rest of any other.</param>
/// <param name="Columns">The columns, for one over the whole table; the one column it is written at.</param>
/// <param name="To">The relation that a foreign key points to, as a template such as <c>ref('customers')</c>.</param>
/// <param name="ToColumns">The columns there.</param>
public sealed record NodeConstraint(
    ConstraintKind Kind,
    string? Name,
    string? Expression,
    IReadOnlyList<string> Columns,
    string? To,
    IReadOnlyList<string> ToColumns
);

using Headwater.Kernel.Names;

namespace Headwater.Modeling.Engines;

/// <summary>What a relation is to the engine.</summary>
internal enum RelationKind
{
    Table,
    View,
    MaterializedView,
}

/// <summary>A relation that is there.</summary>
/// <param name="Name">Its name, as the engine writes it.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Rows">About how many rows it has; -1 where the engine does not know, or for a view.</param>
/// <param name="HasIndexes">True if indexes hang on it, constraints left out.</param>
internal sealed record ExistingRelation(RelationName Name, RelationKind Kind, long Rows, bool HasIndexes);

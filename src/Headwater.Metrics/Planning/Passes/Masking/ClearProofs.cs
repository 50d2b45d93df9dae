using Headwater.Kernel.Names;
using Headwater.Sql.Masking;

namespace Headwater.Metrics.Planning.Passes.Masking;

/// <summary>What is proven of the tables of which nothing is masked: of masked values nothing was ever proven.</summary>
internal sealed class ClearProofs(IJoinProofs proofs, IColumnMasks masks) : IJoinProofs
{
    public bool AlwaysMatches(RelationName relation, string column, RelationName target, string targetColumn) =>
        masks.Find(relation) is null
        && masks.Find(target) is null
        && proofs.AlwaysMatches(relation, column, target, targetColumn);
}

using Headwater.Kernel.Names;
using Headwater.Metrics.Planning.Passes.Rollups;
using Headwater.Sql.Masking;

namespace Headwater.Metrics.Planning.Passes.Masking;

/// <summary>The rollups over tables of which nothing is masked: they were made from clear values.</summary>
internal sealed class ClearRollups(IRollups rollups, IColumnMasks masks) : IRollups
{
    public IReadOnlyList<RollupCandidate> Over(RelationName root) =>
        [
            .. rollups
                .Over(root)
                .Select(candidate =>
                    candidate.Table.Reads.FirstOrDefault(relation => masks.Find(relation) is not null) is { } masked
                        ? candidate with
                        {
                            WhyNot = new RollupRefusal(RollupObstacle.Masked, masked.Name),
                        }
                        : candidate
                ),
        ];
}

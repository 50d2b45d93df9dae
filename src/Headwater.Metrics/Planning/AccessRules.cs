using Headwater.Kernel.Names;
using Headwater.Sql.Masking;

namespace Headwater.Metrics.Planning;

/// <summary>What of the tables someone may see. A plan never reads more.</summary>
/// <param name="Rows">Row rules; all hold at once.</param>
/// <param name="Masks">Columns that are masked: nothing else is read of one, whatever a query does with it.</param>
public sealed record AccessRules(IReadOnlyList<RowRestriction> Rows, IColumnMasks Masks)
{
    /// <summary>Everything is seen.</summary>
    public static AccessRules None { get; } = new([], NoMasks.Instance);

    /// <summary>Tables whose rows are all seen, though the rules do not reach them.</summary>
    public Func<RelationName, bool> IsUnrestricted { get; init; } = _ => false;
}

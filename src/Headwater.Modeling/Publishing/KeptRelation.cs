using Headwater.Kernel.Names;
using Headwater.Modeling.Engines;

namespace Headwater.Modeling.Publishing;

/// <summary>What a build put aside of the state before it.</summary>
/// <param name="Name">The published name.</param>
/// <param name="Kind">What stood there; null if nothing did.</param>
/// <param name="Aside">Where it is now; null if nothing stood there, or if it was too large to be copied.</param>
internal sealed record KeptRelation(RelationName Name, RelationKind? Kind, RelationName? Aside)
{
    /// <summary>
    /// Tables that are replaced are kept whole, at no cost but room. Those that are changed in place are copied up to this many rows.
    /// </summary>
    public const long CopyLimitRows = 1_000_000;

    public bool IsLost => Kind is not null && Aside is null;
}

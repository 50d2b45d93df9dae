using Headwater.Query.Publishing;

namespace Headwater.Query.UserSql;

/// <summary>User SQL that has passed the gate: this text and no other is run.</summary>
/// <param name="Text">The rewritten statement.</param>
/// <param name="Relations">The published relations that it reads, directly or as copies.</param>
/// <param name="IsChanging">Whether its answer depends on the clock or on chance.</param>
internal sealed record GatedStatement(string Text, IReadOnlyList<ReachableRelation> Relations, bool IsChanging);

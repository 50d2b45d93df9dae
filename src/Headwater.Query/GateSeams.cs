using Headwater.Query.Caching;
using Headwater.Query.Policies;
using Headwater.Query.UserSql.Rewriting;
using Headwater.Sql;

namespace Headwater.Query;

/// <summary>
/// Places in the gate where its own tests put a fault, to see that the hunt for leaks finds it. Outside tests every one gives back what it gets.
/// </summary>
internal sealed record GateSeams
{
    public static GateSeams None { get; } = new();

    /// <summary>The policy under which a question is answered.</summary>
    public Func<Question, EffectivePolicy, EffectivePolicy> Policy { get; init; } = (_, policy) => policy;

    /// <summary>Under what an answer is filed.</summary>
    public Func<CacheKey, CacheKey> Key { get; init; } = key => key;

    /// <summary>What tables of user SQL mean.</summary>
    public Func<ITableResolver, ITableResolver> Tables { get; init; } = tables => tables;

    /// <summary>The statement that the engine gets.</summary>
    public Func<SqlText, CancellationToken, ValueTask<SqlText>> Statement { get; init; } =
        (statement, _) => ValueTask.FromResult(statement);

    /// <summary>Whether an asker may read what the engine says.</summary>
    public Func<EffectivePolicy, bool> ShowsEngine { get; init; } = policy => policy.SeesEverything;
}

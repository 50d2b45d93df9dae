using Headwater.Kernel.Names;

namespace Headwater.Metrics.Planning.Passes;

/// <summary>What is known for certain of the rows that are published now.</summary>
public interface IJoinProofs
{
    /// <summary>True if each row of a table has a partner: the column is never null, and each of its values is one of the target's.</summary>
    bool AlwaysMatches(RelationName relation, string column, RelationName target, string targetColumn);
}

/// <summary>Nothing is known.</summary>
public sealed class NoProofs : IJoinProofs
{
    public static NoProofs Instance { get; } = new();

    private NoProofs() { }

    public bool AlwaysMatches(RelationName relation, string column, RelationName target, string targetColumn) => false;
}

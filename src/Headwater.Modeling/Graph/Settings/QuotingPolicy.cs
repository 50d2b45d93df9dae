namespace Headwater.Modeling.Graph;

/// <summary>Which parts of a relation's name are quoted.</summary>
public sealed record QuotingPolicy(bool Database, bool Schema, bool Identifier)
{
    public static QuotingPolicy All { get; } = new(true, true, true);
}

namespace Headwater.Metrics.Semantics;

/// <summary>What a condition compares: a dimension, or a metric of an entity. A closed set, compared by its text.</summary>
public abstract record FilterOperand;

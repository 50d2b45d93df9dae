namespace Headwater.Sql.Syntax;

/// <summary>Something that has a value for each row.</summary>
public abstract record SqlExpression : SqlNode;

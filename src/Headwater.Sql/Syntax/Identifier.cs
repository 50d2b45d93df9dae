namespace Headwater.Sql.Syntax;

/// <summary>A name as written.</summary>
/// <param name="Text">The name without its quotes.</param>
/// <param name="Quoted">Whether it stood in double quotes, which in PostgreSQL keeps its case.</param>
public sealed record Identifier(string Text, bool Quoted) : SqlNode
{
    public override string ToString() => Text;
}

/// <summary>A name of one or more parts, such as <c>schema.table</c>.</summary>
public sealed record QualifiedName(NodeList<Identifier> Parts) : SqlNode
{
    /// <summary>The last part: the name of the thing itself.</summary>
    public Identifier Name => Parts[^1];

    public override string ToString() => string.Join('.', Parts);
}

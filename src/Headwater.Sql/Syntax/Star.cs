namespace Headwater.Sql.Syntax;

/// <summary>All columns, of one relation when qualified: <c>t.* EXCLUDE (a) REPLACE (b + 1 AS b) RENAME (c AS d)</c>.</summary>
public sealed record Star(
    QualifiedName? Qualifier,
    NodeList<QualifiedName> Excluded,
    NodeList<SelectItem> Replaced,
    NodeList<StarRename> Renamed
) : SqlExpression
{
    public override IEnumerable<SqlNode?> ChildNodes() => [.. Replaced];
}

/// <summary>A column of a star under another name.</summary>
public sealed record StarRename(QualifiedName Column, Identifier Name) : SqlNode;

namespace Headwater.Sql.Syntax;

/// <summary>A column, with or without qualifiers. In DuckDB the last parts may also be fields of a struct.</summary>
public sealed record ColumnReference(QualifiedName Name) : SqlExpression;

/// <summary>DuckDB's <c>#1</c>: the column at a place of the FROM clause, from 1.</summary>
public sealed record PositionalReference(string Number) : SqlExpression;

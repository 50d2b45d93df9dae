namespace Headwater.Sql.Resolution;

/// <summary>The name of an output column without an alias.</summary>
internal static class ImpliedName
{
    /// <summary>The name, or null where DuckDB takes the text of the expression.</summary>
    public static string? Of(SqlExpression value, NameRules names) =>
        value switch
        {
            ColumnReference column => names.Kept(column.Name.Name),
            FieldAccess access => names.Kept(access.Field),
            Subquery { Query.Body: Select { Items: [var item] } } when !names.IsDuckDb => item.Alias is { } alias
                ? names.Kept(alias)
                : Of(item.Value, names),
            _ when names.IsDuckDb => null,
            FunctionCall call => names.Kept(call.Name.Name),
            KeywordCall call => call.Name switch
            {
                "trim" => "btrim",
                _ => call.Name,
            },
            Extract => "extract",
            KeywordValue keyword => keyword.Name,
            Cast cast => Of(cast.Operand, names) is { } inner and not "?column?"
                ? inner
                : names.Kept(cast.Type.Name.Name),
            TypedLiteral literal => names.Kept(literal.Type.Name.Name),
            IntervalLiteral => "interval",
            Subscript subscript => Of(subscript.Operand, names),
            Slice slice => Of(slice.Operand, names),
            Collate collate => Of(collate.Operand, names),
            Case { Else: ColumnReference otherwise } => names.Kept(otherwise.Name.Name),
            Case => "case",
            Exists => "exists",
            ArrayLiteral or ArrayQuery => "array",
            RowValue => "row",
            Literal { Kind: LiteralKind.True or LiteralKind.False } => "bool",
            _ => "?column?",
        };
}

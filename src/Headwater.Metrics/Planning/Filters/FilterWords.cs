using System.Globalization;
using Headwater.Metrics.Conditions;
using Headwater.Metrics.Semantics;

namespace Headwater.Metrics.Planning.Filters;

/// <summary>Writes filters so that two are written alike only if they ask the same of a row.</summary>
internal static class FilterWords
{
    /// <summary>Null for a filter that is no condition of a query, a definition or a rule.</summary>
    public static string? Of(PlannedFilter filter) =>
        filter switch
        {
            QueryFilter query => Of(query.Condition),
            DefinitionFilter definition => "any of "
                + string.Join(
                    " or ",
                    definition.Alternatives.Select(conditions => $"[{string.Join(" and ", conditions.Select(Of))}]")
                ),
            RestrictionFilter restriction =>
                $"rule {restriction.Value} in {string.Join(", ", restriction.Restriction.Values.Select(Literal))}",
            _ => null,
        };

    public static string Of(BoundCondition bound) => Of(bound.Condition, bound.Operands);

    private static string Of(Condition condition, IReadOnlyDictionary<FilterOperand, PlanOperand> operands) =>
        condition switch
        {
            AllOf all => $"all({string.Join("; ", all.Parts.Select(part => Of(part, operands)))})",
            AnyOf any => $"any({string.Join("; ", any.Parts.Select(part => Of(part, operands)))})",
            Not not => $"not({Of(not.Inner, operands)})",
            Comparison comparison =>
                $"({Operand(comparison.Operand, operands)} {comparison.Operator} {Literal(comparison.Value)})",
            OneOf oneOf => $"({Operand(oneOf.Operand, operands)} in {string.Join(", ", oneOf.Values.Select(Literal))})",
            IsEmpty empty => $"empty({Operand(empty.Operand, operands)})",
            IsTrue isTrue => $"true({Operand(isTrue.Operand, operands)})",
            Like like =>
                $"({Operand(like.Operand, operands)} like{(like.IgnoreCase ? " any case" : "")} {Literal(like.Pattern)})",
            ContainsText contains => $"({Operand(contains.Operand, operands)} contains {Literal(contains.Text)})",
            AuthorCondition author =>
                $"sql({string.Join("; ", author.Parts.Select(part => part is AuthorSql sql ? Literal(sql.Text) : Operand(((AuthorOperand)part).Operand, operands)))})",
            _ => throw new InvalidOperationException($"unknown condition {condition.GetType().Name}"),
        };

    private static string Operand(FilterOperand operand, IReadOnlyDictionary<FilterOperand, PlanOperand> operands) =>
        $"<{operand} as {operands[operand]}>";

    private static string Literal(object value) =>
        value is string text
            ? $"'{text.Replace("'", "''", StringComparison.Ordinal)}'"
            : string.Create(CultureInfo.InvariantCulture, $"{value.GetType().Name} {value}");
}

using System.Globalization;
using Headwater.Metrics.Conditions;
using Headwater.Metrics.Planning.Filters;
using Headwater.Metrics.Semantics;
using Headwater.Metrics.Time;

namespace Headwater.Metrics.Explaining;

/// <summary>What rows must fulfil, in words.</summary>
internal sealed class ConditionWords(ColumnWords columns)
{
    public string Of(PlannedFilter filter) =>
        filter switch
        {
            QueryFilter query => Of(query.Condition),
            DefinitionFilter definition => string.Join(
                " or ",
                definition.Alternatives.Select(all =>
                    Bracketed(string.Join(" and ", all.Select(Of)), definition.Alternatives.Count > 1 && all.Count > 1)
                )
            ),
            RestrictionFilter restriction =>
                $"{columns.Of(restriction.Value)} is {Values(restriction.Restriction.Values)} (all that your access shows)",
            EqualValues equal => string.Join(
                " or ",
                equal.Pairs.Select(pair => $"{columns.Of(pair.Left)} equals {columns.Of(pair.Right)}")
            ),
            FirstRow first => $"{columns.Find(first.RowNumber)} is 1",
            _ => throw new InvalidOperationException($"no words for {filter.GetType().Name}"),
        };

    public string Of(BoundCondition bound) => Of(bound.Condition);

    /// <summary>A condition by the names that its author used.</summary>
    public static string Of(Condition condition) =>
        condition switch
        {
            AllOf all => string.Join(" and ", all.Parts.Select(Of)),
            AnyOf any => Bracketed(string.Join(" or ", any.Parts.Select(Of)), true),
            Not { Inner: IsEmpty empty } => $"{Name(empty.Operand)} is not empty",
            Not { Inner: OneOf oneOf } => $"{Name(oneOf.Operand)} is not {Values(oneOf.Values)}",
            Not not => $"not ({Of(not.Inner)})",
            IsEmpty empty => $"{Name(empty.Operand)} is empty",
            IsTrue isTrue => $"{Name(isTrue.Operand)} is true",
            Like like => $"{Name(like.Operand)} is like '{like.Pattern}'{(like.IgnoreCase ? " in any case" : "")}",
            ContainsText contains => $"{Name(contains.Operand)} contains '{contains.Text}'",
            OneOf oneOf => $"{Name(oneOf.Operand)} is {Values(oneOf.Values)}",
            Comparison comparison =>
                $"{Name(comparison.Operand)} is {Word(comparison.Operator)}{Value(comparison.Value)}",
            AuthorCondition author => string.Concat(
                    author.Parts.Select(part => part is AuthorSql sql ? sql.Text : Name(((AuthorOperand)part).Operand))
                )
                .ReplaceLineEndings(" ")
                .Trim(),
            _ => throw new InvalidOperationException($"no words for {condition.GetType().Name}"),
        };

    private static string Name(FilterOperand operand) =>
        operand switch
        {
            DimensionReference { Grain: { } grain } time => $"the {grain.Name()} of {time.Name}",
            DimensionReference { CustomGrain: { } own } time => $"the {own} of {time.Name}",
            DimensionReference { Part: { } part } time => $"the {part.Name()} of {time.Name}",
            DimensionReference dimension => dimension.Name,
            _ => operand.ToString() ?? "",
        };

    private static string Values(IEnumerable<object> values)
    {
        var all = values.Select(Value).ToList();
        return all.Count == 0 ? "one of none" : string.Join(" or ", all);
    }

    private static string Value(object value) =>
        value switch
        {
            string text => $"'{text}'",
            bool flag => flag ? "true" : "false",
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString() ?? "",
        };

    private static string Word(ComparisonOperator comparison) =>
        comparison switch
        {
            ComparisonOperator.Equal => "",
            ComparisonOperator.NotEqual => "not ",
            ComparisonOperator.Less => "less than ",
            ComparisonOperator.LessOrEqual => "at most ",
            ComparisonOperator.Greater => "more than ",
            _ => "at least ",
        };

    private static string Bracketed(string text, bool isBracketed) => isBracketed ? $"({text})" : text;
}

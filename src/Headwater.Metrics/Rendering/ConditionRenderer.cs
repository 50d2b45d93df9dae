using System.Globalization;
using Headwater.Metrics.Conditions;
using Headwater.Metrics.Planning.Filters;
using Headwater.Metrics.Semantics;
using Headwater.Metrics.Time;

namespace Headwater.Metrics.Rendering;

/// <summary>
/// Writes conditions as SQL over a plan's columns. Every literal becomes a parameter. Conditions on time become ranges of the bare column, so
/// that the engine can skip data: <c>month = 2025-03-01</c> is <c>column &gt;= 2025-03-01 and column &lt; 2025-04-01</c>.
/// </summary>
internal sealed class ConditionRenderer(ExpressionRenderer expressions, ParameterList parameters)
{
    public string Render(BoundCondition bound) => Render(bound.Condition, bound.Operands);

    /// <summary>The rows that any of the lists of conditions admits wholly.</summary>
    public string RenderAny(IReadOnlyList<IReadOnlyList<BoundCondition>> alternatives)
    {
        var parts = alternatives.Select(conditions =>
            string.Join(" AND ", conditions.Select(condition => $"({Render(condition)})"))
        );
        return alternatives.Count == 1
            ? parts.First()
            : "(" + string.Join(" OR ", parts.Select(part => $"({part})")) + ")";
    }

    private string Render(Condition condition, IReadOnlyDictionary<FilterOperand, PlanOperand> operands) =>
        condition switch
        {
            AllOf all => Join(all.Parts, " AND ", operands),
            AnyOf any => Join(any.Parts, " OR ", operands),
            Not not => $"NOT ({Render(not.Inner, operands)})",
            IsEmpty empty => $"{Value(operands[empty.Operand])} IS NULL",
            IsTrue isTrue => Value(operands[isTrue.Operand]),
            Like { IgnoreCase: true } like => $"{Text(like.Operand, operands)} ILIKE {parameters.Add(like.Pattern)}",
            Like like => $"{Text(like.Operand, operands)} LIKE {parameters.Add(like.Pattern)}",
            ContainsText contains =>
                $"position({parameters.Add(contains.Text.ToLowerInvariant())} IN lower({Text(contains.Operand, operands)})) > 0",
            OneOf oneOf => RenderOneOf(oneOf, operands),
            Comparison comparison => RenderComparison(comparison, operands[comparison.Operand]),
            // A comment at its end goes no further than the line.
            AuthorCondition author => string.Concat(
                author.Parts.Select(part => part is AuthorSql sql ? sql.Text : Shown((AuthorOperand)part, operands))
            ) + "\n",
            _ => throw new InvalidOperationException($"unknown condition {condition.GetType().Name}"),
        };

    private string Join(
        IReadOnlyList<Condition> parts,
        string word,
        IReadOnlyDictionary<FilterOperand, PlanOperand> operands
    ) => "(" + string.Join(word, parts.Select(part => Render(part, operands))) + ")";

    private string RenderOneOf(OneOf oneOf, IReadOnlyDictionary<FilterOperand, PlanOperand> operands)
    {
        var operand = operands[oneOf.Operand];
        if (operand is { Grain: null, IsCustomPeriod: false } && oneOf.Values.All(value => value is string))
        {
            return expressions.Dialect.IsOneOf(
                Text(oneOf.Operand, operands),
                parameters.Add(oneOf.Values.Cast<string>().ToList())
            );
        }

        var parts = oneOf.Values.Select(value =>
            RenderComparison(new Comparison(oneOf.Operand, ComparisonOperator.Equal, value), operand)
        );
        return "(" + string.Join(" OR ", parts) + ")";
    }

    private string RenderComparison(Comparison comparison, PlanOperand operand)
    {
        if (operand.Grain is { } kept)
        {
            return RenderTime(comparison, operand, kept);
        }

        var value = Value(operand);
        if (operand.IsCustomPeriod && comparison.Value is string period && ParseInstant(period) is { } start)
        {
            return $"{value} {Symbol(comparison.Operator)} {Add(start)}";
        }

        var equality = comparison.Operator is ComparisonOperator.Equal or ComparisonOperator.NotEqual;
        // A filter's value comes as text from an address or a list of values, whatever the column's type is.
        var left = equality && comparison.Value is string ? expressions.Dialect.AsText(value) : value;
        return $"{left} {Symbol(comparison.Operator)} {parameters.Add(comparison.Value)}";
    }

    private string RenderTime(Comparison comparison, PlanOperand operand, Grain kept)
    {
        var instant =
            (comparison.Value as string is { } text ? ParseInstant(text) : null)
            ?? throw MetricDiagnostics.BadDate.With(comparison.Value, comparison.Operand).ToException();
        var grain = (comparison.Operand as DimensionReference)?.Grain ?? kept;
        var start = operand.Calendar?.Start(instant) ?? grain.Start(instant);
        var next = operand.Calendar?.Next(start) ?? grain.Add(start, 1);
        var aligned = start == instant;
        var column = Value(operand);
        return comparison.Operator switch
        {
            ComparisonOperator.Equal when aligned => $"({column} >= {At(start)} AND {column} < {At(next)})",
            ComparisonOperator.Equal => $"({column} IS NULL AND {column} IS NOT NULL)",
            ComparisonOperator.NotEqual when aligned => $"({column} < {At(start)} OR {column} >= {At(next)})",
            ComparisonOperator.NotEqual => $"{column} IS NOT NULL",
            ComparisonOperator.GreaterOrEqual => $"{column} >= {At(aligned ? start : next)}",
            ComparisonOperator.Greater => $"{column} >= {At(next)}",
            ComparisonOperator.Less => $"{column} < {At(aligned ? start : next)}",
            _ => $"{column} < {At(next)}",
        };

        // The column keeps its own clock, so that it can stay bare: the bounds go there.
        string At(DateTime local) => Add(operand.Zone?.ToStored(local) ?? local);
    }

    // A date where it is one: comparing a date column with a timestamp would cast every row.
    private string Add(DateTime instant) =>
        instant.TimeOfDay == TimeSpan.Zero ? parameters.Add(DateOnly.FromDateTime(instant)) : parameters.Add(instant);

    internal static DateTime? ParseInstant(string text)
    {
        const DateTimeStyles styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        string[] formats =
        [
            "yyyy-MM-dd",
            "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF",
            "yyyy-MM-dd HH:mm:ss.FFFFFFF",
            "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
            "yyyy-MM-dd'T'HH:mm",
            "yyyy-MM-dd HH:mm",
            "yyyy-MM",
        ];
        return
            DateTime.TryParseExact(text, formats, CultureInfo.InvariantCulture, styles, out var instant)
            && instant.Year is > 1 and < 9990
            ? DateTime.SpecifyKind(instant, DateTimeKind.Unspecified)
            : null;
    }

    private static string Symbol(ComparisonOperator comparison) => ComparisonSymbols.Of(comparison);

    private string Text(FilterOperand operand, IReadOnlyDictionary<FilterOperand, PlanOperand> operands) =>
        expressions.Dialect.AsText(Shown(operand, operands[operand]));

    private string Shown(AuthorOperand part, IReadOnlyDictionary<FilterOperand, PlanOperand> operands) =>
        Shown(part.Operand, operands[part.Operand]);

    // As a query shows it: a time by its grain.
    private string Shown(FilterOperand operand, PlanOperand bound) =>
        operand is DimensionReference { Grain: { } grain } && bound.Grain is not null
            ? expressions.Truncate(expressions.Render(bound.Local), grain)
        : bound.CalendarValue is { } period ? expressions.Render(period)
        : Value(bound);

    private string Value(PlanOperand operand) => expressions.Render(operand.Value);
}

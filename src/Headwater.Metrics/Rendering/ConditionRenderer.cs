using System.Globalization;
using Headwater.Metrics.Conditions;
using Headwater.Metrics.Planning;
using Headwater.Metrics.Semantics;
using Headwater.Metrics.Time;
using Headwater.Sql.Dialects;

namespace Headwater.Metrics.Rendering;

/// <summary>
/// Writes conditions as SQL over a scan's columns. Every literal becomes a parameter. Conditions on time become ranges of the bare column, so
/// that the engine can skip data: <c>month = 2025-03-01</c> is <c>column &gt;= 2025-03-01 and column &lt; 2025-04-01</c>.
/// </summary>
internal sealed class ConditionRenderer(ScanSources sources, SqlDialect dialect, ParameterList parameters)
{
    public string Render(Condition condition) =>
        condition switch
        {
            AllOf all => Join(all.Parts, " AND "),
            AnyOf any => Join(any.Parts, " OR "),
            Not not => $"NOT ({Render(not.Inner)})",
            IsEmpty empty => $"{Column(empty.Dimension)} IS NULL",
            Like { IgnoreCase: true } like => $"{Text(like.Dimension)} ILIKE {parameters.Add(like.Pattern)}",
            Like like => $"{Text(like.Dimension)} LIKE {parameters.Add(like.Pattern)}",
            ContainsText contains =>
                $"position({parameters.Add(contains.Text.ToLowerInvariant())} IN lower({Text(contains.Dimension)})) > 0",
            OneOf oneOf => RenderOneOf(oneOf),
            Comparison comparison => RenderComparison(comparison),
            _ => throw new InvalidOperationException($"unknown condition {condition.GetType().Name}"),
        };

    private string Join(IReadOnlyList<Condition> parts, string word) =>
        "(" + string.Join(word, parts.Select(Render)) + ")";

    private string RenderOneOf(OneOf oneOf)
    {
        if (sources[oneOf.Dimension].Grain is null && oneOf.Values.All(value => value is string))
        {
            return dialect.IsOneOf(Text(oneOf.Dimension), parameters.Add(oneOf.Values.Cast<string>().ToList()));
        }

        var parts = oneOf.Values.Select(value =>
            RenderComparison(new Comparison(oneOf.Dimension, ComparisonOperator.Equal, value))
        );
        return "(" + string.Join(" OR ", parts) + ")";
    }

    private string RenderComparison(Comparison comparison)
    {
        var dimension = sources[comparison.Dimension];
        if (dimension.Grain is { } native)
        {
            return RenderTime(comparison, comparison.Dimension.Grain ?? native);
        }

        var equality = comparison.Operator is ComparisonOperator.Equal or ComparisonOperator.NotEqual;
        // A filter's value comes as text from an address or a list of values, whatever the column's type is.
        var left = equality && comparison.Value is string ? Text(comparison.Dimension) : Column(comparison.Dimension);
        return $"{left} {Symbol(comparison.Operator)} {parameters.Add(comparison.Value)}";
    }

    private string RenderTime(Comparison comparison, Grain grain)
    {
        var instant = ParseInstant(comparison);
        var start = grain.Start(instant);
        var next = grain.Add(start, 1);
        var aligned = start == instant;
        var column = Column(comparison.Dimension);
        return comparison.Operator switch
        {
            ComparisonOperator.Equal when aligned => $"({column} >= {Add(start)} AND {column} < {Add(next)})",
            ComparisonOperator.Equal => $"({column} IS NULL AND {column} IS NOT NULL)",
            ComparisonOperator.NotEqual when aligned => $"({column} < {Add(start)} OR {column} >= {Add(next)})",
            ComparisonOperator.NotEqual => $"{column} IS NOT NULL",
            ComparisonOperator.GreaterOrEqual => $"{column} >= {Add(aligned ? start : next)}",
            ComparisonOperator.Greater => $"{column} >= {Add(next)}",
            ComparisonOperator.Less => $"{column} < {Add(aligned ? start : next)}",
            _ => $"{column} < {Add(next)}",
        };
    }

    // A date where it is one: comparing a date column with a timestamp would cast every row.
    private string Add(DateTime instant) =>
        instant.TimeOfDay == TimeSpan.Zero ? parameters.Add(DateOnly.FromDateTime(instant)) : parameters.Add(instant);

    private static DateTime ParseInstant(Comparison comparison)
    {
        const DateTimeStyles styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        string[] formats =
        [
            "yyyy-MM-dd",
            "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF",
            "yyyy-MM-dd HH:mm:ss.FFFFFFF",
            "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
            "yyyy-MM-dd'T'HH:mm",
            "yyyy-MM",
        ];
        if (
            comparison.Value is string text
            && DateTime.TryParseExact(text, formats, CultureInfo.InvariantCulture, styles, out var instant)
            && instant.Year is > 1 and < 9990
        )
        {
            return DateTime.SpecifyKind(instant, DateTimeKind.Unspecified);
        }

        throw MetricDiagnostics.BadDate.With(comparison.Value, comparison.Dimension).ToException();
    }

    private static string Symbol(ComparisonOperator comparison) =>
        comparison switch
        {
            ComparisonOperator.Equal => "=",
            ComparisonOperator.NotEqual => "<>",
            ComparisonOperator.Less => "<",
            ComparisonOperator.LessOrEqual => "<=",
            ComparisonOperator.Greater => ">",
            _ => ">=",
        };

    private string Text(DimensionReference reference)
    {
        var dimension = sources[reference];
        var column = Column(reference);
        return reference.Grain is { } grain && dimension.Grain is not null
            ? dialect.AsText(dialect.TruncateToGrain(grain.Name(), column))
            : dialect.AsText(column);
    }

    private string Column(DimensionReference reference) => PlanRenderer.Name(sources[reference].Column);
}

namespace Headwater.Metrics.Planning.Expressions;

/// <summary>Takes expressions apart and puts them together again.</summary>
internal static class ExpressionRewriting
{
    /// <summary>The same expression with some parts exchanged; what is exchanged is not looked into.</summary>
    /// <param name="expression">The whole.</param>
    /// <param name="exchange">What a part becomes; null leaves it to its own parts.</param>
    public static PlanExpression Replace(
        this PlanExpression expression,
        Func<PlanExpression, PlanExpression?> exchange
    ) =>
        exchange(expression)
        ?? expression switch
        {
            ColumnValue => expression,
            PeriodStart period => period with { Time = period.Time.Replace(exchange) },
            LocalTime local => local with { Time = local.Time.Replace(exchange) },
            CalendarStart start => start with { Time = start.Time.Replace(exchange) },
            RetailStart retail => retail with
            {
                Time = retail.Time.Replace(exchange),
                Year = retail.Year.Replace(exchange),
            },
            ShiftedTime shifted => shifted with { Time = shifted.Time.Replace(exchange) },
            TimePart part => part with { Time = part.Time.Replace(exchange) },
            _ => throw new InvalidOperationException($"unknown expression {expression.GetType().Name}"),
        };

    /// <summary>The expression and everything that it is made of.</summary>
    public static IEnumerable<PlanExpression> Parts(this PlanExpression expression)
    {
        IEnumerable<PlanExpression> inner = expression switch
        {
            ColumnValue => [],
            PeriodStart period => period.Time.Parts(),
            LocalTime local => local.Time.Parts(),
            CalendarStart start => start.Time.Parts(),
            RetailStart retail => retail.Time.Parts().Concat(retail.Year.Parts()),
            ShiftedTime shifted => shifted.Time.Parts(),
            TimePart part => part.Time.Parts(),
            _ => throw new InvalidOperationException($"unknown expression {expression.GetType().Name}"),
        };
        return inner.Prepend(expression);
    }
}

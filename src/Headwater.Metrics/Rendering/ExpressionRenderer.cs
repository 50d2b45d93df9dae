using Headwater.Metrics.Planning.Expressions;
using Headwater.Metrics.Time;
using Headwater.Sql.Dialects;

namespace Headwater.Metrics.Rendering;

/// <summary>Writes values and times as one engine spells them. Immutable; safe for several threads.</summary>
internal abstract class ExpressionRenderer(SqlDialect dialect)
{
    public SqlDialect Dialect { get; } = dialect;

    public static ExpressionRenderer For(SqlDialect dialect) =>
        dialect.Name switch
        {
            "duckdb" => new DuckDbExpressionRenderer(dialect),
            "postgres" => new PostgresExpressionRenderer(dialect),
            var other => throw new InvalidOperationException($"unknown dialect {other}"),
        };

    public string Render(PlanExpression expression) =>
        expression switch
        {
            ColumnValue column => column.Name,
            PeriodStart period => Truncate(Render(period.Time), period.Grain),
            LocalTime local =>
                $"timezone({Dialect.Literal(local.Zone.Business)}, timezone({Dialect.Literal(local.Zone.Stored)}, {AsTimestamp(Render(local.Time))}))",
            CalendarStart start => Calendar(Render(start.Time), start.Grain),
            RetailStart retail => Retail(retail),
            ShiftedTime shifted => Shift(Render(shifted.Time), shifted.Grain, shifted.Count),
            TimePart part => Part(Render(part.Time), part.Part),
            _ => throw new InvalidOperationException($"unknown expression {expression.GetType().Name}"),
        };

    /// <summary>The first instant of a period, as a date from day upwards.</summary>
    public string Truncate(string time, Grain grain) =>
        grain < Grain.Second ? TruncateBelowSecond(time, grain) : Dialect.TruncateToGrain(grain.Name(), time);

    private string Calendar(string time, MovedGrain grain)
    {
        var period = Truncate(Shift(time, grain.MovedBy, grain.Moved), grain.Plain);
        return Truncate(Shift(period, grain.MovedBy, -grain.Moved), Grain.Day);
    }

    // Days between dates are a number in every engine, and a date and a number a date.
    private string Retail(RetailStart retail)
    {
        var year = Render(retail.Year);
        if (retail.Grain.Weeks.Count == 1)
        {
            return year;
        }

        var days = $"{Truncate(Render(retail.Time), Grain.Day)} - {year}";
        var branches = retail
            .Grain.Weeks.Where(week => week > 0)
            .OrderDescending()
            .Select(week => $"WHEN {days} >= {7 * week} THEN {7 * week}");
        return $"{year} + CASE {string.Join(" ", branches)} ELSE 0 END";
    }

    /// <summary>The value at the first or last time.</summary>
    public abstract string AtEnd(string value, string time, bool last);

    public abstract string ApproximatePercentile(string value, string fraction);

    /// <summary>A time a number of periods later, the number being SQL.</summary>
    public string Later(string time, string count, Grain grain) =>
        $"{AsTimestamp(time)} + ({count}) * {Interval(1, grain)}";

    protected abstract string TruncateBelowSecond(string time, Grain grain);

    protected abstract string AsTimestamp(string time);

    protected abstract string Part(string time, DatePart part);

    protected static string Field(DatePart part) => part == DatePart.DayOfWeek ? "isodow" : part.Name();

    private string Shift(string time, Grain grain, int count) =>
        $"{AsTimestamp(time)} {(count < 0 ? "-" : "+")} {Interval(Math.Abs(count), grain)}";

    // Not every engine has an interval of quarters.
    private static string Interval(int count, Grain grain) =>
        grain switch
        {
            Grain.Quarter => $"INTERVAL '{3 * count} month'",
            Grain.Nanosecond => $"INTERVAL '{count / 1000} microsecond'",
            _ => $"INTERVAL '{count} {grain.Name()}'",
        };
}

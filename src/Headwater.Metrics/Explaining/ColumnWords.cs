using Headwater.Metrics.Planning.Expressions;
using Headwater.Metrics.Time;

namespace Headwater.Metrics.Explaining;

/// <summary>What the columns of a plan are called by people.</summary>
internal sealed class ColumnWords
{
    private readonly Dictionary<string, string> _words = [];

    public void Name(string column, string words) => _words[column] = words.ReplaceLineEndings(" ").Trim();

    public string Find(string column) => _words.GetValueOrDefault(column, column);

    public string Of(PlanExpression expression) =>
        expression switch
        {
            ColumnValue column => Find(column.Name),
            PeriodStart { Grain: Grain.Day } period => Of(period.Time),
            PeriodStart period => $"{period.Grain.Name()} of {Of(period.Time)}",
            LocalTime local => $"{Of(local.Time)} (by the clocks of {local.Zone.Business})",
            CalendarStart calendar => $"{calendar.Grain.Name} of {Of(calendar.Time)}",
            RetailStart retail => $"{retail.Grain.Name} of {Of(retail.Time)}",
            ShiftedTime shifted =>
                $"{Of(shifted.Time)} {Math.Abs(shifted.Count)} {shifted.Grain.Name()}{(Math.Abs(shifted.Count) == 1 ? "" : "s")} {(shifted.Count < 0 ? "earlier" : "later")}",
            TimePart part => $"{Word(part.Part)} of {Of(part.Time)}",
            _ => throw new InvalidOperationException($"no words for {expression.GetType().Name}"),
        };

    private static string Word(DatePart part) =>
        part switch
        {
            DatePart.DayOfWeek => "day of the week",
            DatePart.DayOfYear => "day of the year",
            _ => $"number of the {part.Name()}",
        };
}

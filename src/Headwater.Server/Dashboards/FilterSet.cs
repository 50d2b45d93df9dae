using Headwater.Kernel.Names;
using Headwater.Metrics.Time;
using Headwater.Project.Resources.Dashboards;
using Microsoft.AspNetCore.Http;

namespace Headwater.Server.Dashboards;

/// <summary>The filters of a dashboard as one address sets them.</summary>
/// <param name="Time">The range of <c>metric_time</c>, or null if the dashboard has no such filter.</param>
/// <param name="AsOf">The day that the range counts from: days after it have not passed yet.</param>
/// <param name="Categories">Conditions of the other filters that are set, by dimension.</param>
internal sealed record FilterSet(TimeRange? Time, DateOnly AsOf, IReadOnlyList<CategoryCondition> Categories)
{
    public const string MetricTime = "metric_time";

    /// <summary>Names in an address that are not filters, but belong to the door it leads to.</summary>
    private static readonly HashSet<string> OtherNames = new(StringComparer.Ordinal) { "format", "embed" };

    /// <summary>Reads the filters from an address, with the defaults of the dashboard where it is silent.</summary>
    /// <param name="newest">The day of the newest data; needed when <see cref="CountsFromNewest"/>.</param>
    /// <exception cref="Kernel.Diagnostics.DiagnosticException">HW8012 for a name that is no filter, HW4113 for a range that is none.</exception>
    public static FilterSet Read(
        DashboardDefinition dashboard,
        IQueryCollection query,
        DateOnly today,
        DateOnly? newest
    )
    {
        foreach (var name in query.Keys)
        {
            if (!OtherNames.Contains(name) && !dashboard.Filters.Any(filter => filter.Dimension.Text == name))
            {
                throw (
                    ServerDiagnostics
                        .UnknownParameter.With(name, dashboard.Name)
                        .Suggesting(name, [.. dashboard.Filters.Select(filter => filter.Dimension.Text)])
                ).ToException();
            }
        }

        TimeRange? time = null;
        var categories = new List<CategoryCondition>();
        foreach (var filter in dashboard.Filters)
        {
            var dimension = filter.Dimension.Text;
            var value = ValueOf(filter, query);
            if (dimension == MetricTime)
            {
                time = TimeRange.Parse(value, today, newest);
            }
            else if (FilterValues.Split(value) is { Count: > 0 } values)
            {
                categories.Add(new CategoryCondition(dimension, FilterValues.Condition(dimension, values)));
            }
        }

        return new FilterSet(time, newest ?? today, categories);
    }

    /// <summary>Whether the range is told in words that count from the newest data, so that its day must be asked for.</summary>
    public static bool CountsFromNewest(DashboardDefinition dashboard, IQueryCollection query)
    {
        foreach (var filter in dashboard.Filters)
        {
            if (filter.Dimension.Text == MetricTime)
            {
                return TimeRange.CountsFromNewest(ValueOf(filter, query));
            }
        }

        return false;
    }

    private static string ValueOf(DashboardFilter filter, IQueryCollection query) =>
        query.TryGetValue(filter.Dimension.Text, out var set) ? set.ToString() : DefaultOf(filter);

    /// <summary>What a filter holds when the address is silent, as an address would write it.</summary>
    public static string DefaultOf(DashboardFilter filter)
    {
        var text = filter.Default?.Text ?? "";
        if (filter.Dimension.Text != MetricTime)
        {
            return text;
        }

        var words = text.Trim().ToLowerInvariant().Replace(' ', '_');
        return words is "" or "all_time" ? "all" : words;
    }
}

/// <param name="Condition">As a metric request takes it.</param>
internal sealed record CategoryCondition(string Dimension, string Condition);

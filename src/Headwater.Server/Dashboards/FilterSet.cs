using Headwater.Kernel.Names;
using Headwater.Metrics.Time;
using Headwater.Project.Resources.Dashboards;
using Microsoft.AspNetCore.Http;

namespace Headwater.Server.Dashboards;

/// <summary>The filters of a dashboard as one address sets them.</summary>
/// <param name="Time">The range of <c>metric_time</c>, or null if the dashboard has no such filter.</param>
/// <param name="Categories">Conditions of the other filters that are set, by dimension.</param>
internal sealed record FilterSet(TimeRange? Time, IReadOnlyList<CategoryCondition> Categories)
{
    public const string MetricTime = "metric_time";

    /// <summary>Names in an address that are not filters, but belong to the door it leads to.</summary>
    private static readonly HashSet<string> OtherNames = new(StringComparer.Ordinal) { "format", "embed" };

    /// <summary>Reads the filters from an address, with the defaults of the dashboard where it is silent.</summary>
    /// <exception cref="Kernel.Diagnostics.DiagnosticException">HW8012 for a name that is no filter, HW4113 for a range that is none.</exception>
    public static FilterSet Read(DashboardDefinition dashboard, IQueryCollection query, DateOnly today)
    {
        foreach (var name in query.Keys)
        {
            if (!OtherNames.Contains(name) && !dashboard.Filters.Any(filter => filter.Dimension.Text == name))
            {
                throw (
                    ServerDiagnostics.UnknownParameter.With(name, dashboard.Name) with
                    {
                        Hint = NearestName.Hint(name, [.. dashboard.Filters.Select(filter => filter.Dimension.Text)]),
                    }
                ).ToException();
            }
        }

        TimeRange? time = null;
        var categories = new List<CategoryCondition>();
        foreach (var filter in dashboard.Filters)
        {
            var dimension = filter.Dimension.Text;
            var value = query.TryGetValue(dimension, out var set) ? set.ToString() : DefaultOf(filter);
            if (dimension == MetricTime)
            {
                time = TimeRange.Parse(value, today);
            }
            else if (FilterValues.Split(value) is { Count: > 0 } values)
            {
                categories.Add(new CategoryCondition(dimension, FilterValues.Condition(dimension, values)));
            }
        }

        return new FilterSet(time, categories);
    }

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

using Headwater.Metrics.Tests.Specifications;

namespace Headwater.Metrics.Tests;

public sealed class MetricCatalogTests
{
    [Fact]
    public void Times_list_the_grains_of_calendars_and_of_time_spines_that_they_can_be_shown_by()
    {
        var catalog = MetricCatalogBuilder.Build(Specification.Read("own_periods.yml").Load());
        var monthly = MetricCatalogBuilder.Build(Specification.Read("calendars.yml").Load());

        string[] own =
        [
            "fiscal_quarter",
            "fiscal_year",
            "retail_month",
            "retail_quarter",
            "retail_week",
            "retail_year",
            "season",
        ];
        Assert.Equal(own, Grains(catalog, "metric_time").Order(StringComparer.Ordinal).Intersect(own));
        // What is kept by month cannot be told apart by weeks.
        Assert.Equal(["month", "quarter", "year", "fiscal_quarter", "fiscal_year"], Grains(monthly, "sale__billed"));
        Assert.Contains("us_week", Grains(monthly, "sale__sold_at"));
    }

    [Fact]
    public void Entities_are_dimensions_of_the_metrics_that_can_be_shown_by_them()
    {
        var model = Specification.Read("joins.yml").Load();
        var catalog = MetricCatalogBuilder.Build(model);

        Assert.NotEmpty(catalog.Metrics);
        foreach (var metric in catalog.Metrics)
        {
            // Whatever is listed can be asked.
            foreach (var dimension in metric.Dimensions)
            {
                new Binding.QueryBinder(model).Bind(
                    new Requests.MetricRequest([metric.Name], [dimension], [], [], null)
                );
            }
        }

        Assert.Contains(
            catalog.Dimensions,
            dimension => !dimension.IsTime && !dimension.Name.Contains("__", StringComparison.Ordinal)
        );
    }

    private static IReadOnlyList<string> Grains(MetricCatalog catalog, string dimension) =>
        catalog.Dimensions.Single(item => item.Name == dimension).Grains;
}

using Headwater.Metrics;
using Headwater.Metrics.Semantics;
using Headwater.Project.Resources.Dashboards;

namespace Headwater.Server.Dashboards;

/// <summary>A dashboard as the page's script takes it (<c>web/src/dashboard/definition.ts</c>). Numbers come later.</summary>
public sealed record DashboardView(
    string Name,
    string Title,
    string? Description,
    IReadOnlyList<FilterView> Filters,
    IReadOnlyList<RowView> Rows
)
{
    public static DashboardView Of(DashboardDefinition dashboard, MetricCatalog catalog, string currency)
    {
        var tiles = new TileViewer(catalog, currency);
        return new DashboardView(
            dashboard.Name,
            dashboard.Title,
            dashboard.Description,
            [.. dashboard.Filters.Select(filter => FilterView.Of(filter, catalog))],
            [.. dashboard.Rows.Select(row => new RowView(tiles.View(row)))]
        );
    }
}

/// <param name="Kind"><c>time</c> or <c>category</c>.</param>
public sealed record FilterView(string Dimension, string Label, string Kind, string Default)
{
    public static FilterView Of(DashboardFilter filter, MetricCatalog catalog)
    {
        var name = filter.Dimension.Text;
        var isTime = name == FilterSet.MetricTime;
        return new FilterView(
            name,
            filter.Title ?? (isTime ? "Date" : TileViewer.Label(catalog, name)),
            isTime ? "time" : "category",
            FilterSet.DefaultOf(filter)
        );
    }
}

public sealed record RowView(IReadOnlyList<TileView> Tiles);

public sealed record TileView(string Id, int Width, string? Description, ChartView Chart);

public sealed record ChartView(
    string Kind,
    string Title,
    bool Stack,
    bool Horizontal,
    string Order,
    IReadOnlyDictionary<string, FieldView> Fields
);

public sealed record FieldView(string Label, string Role, string? Grain, FormatView? Format);

public sealed record FormatView(string Kind, string? Currency);

/// <summary>Describes tiles by what the catalogue says of their metrics and dimensions.</summary>
internal sealed class TileViewer(MetricCatalog catalog, string currency)
{
    private const int Columns = 12;

    public List<TileView> View(IReadOnlyList<DashboardTile> row)
    {
        var free = Columns - row.Sum(tile => tile.Width ?? 0);
        var sharing = row.Count(tile => tile.Width is null);
        var views = new List<TileView>(row.Count);
        foreach (var tile in row)
        {
            var width = tile.Width;
            if (width is null)
            {
                width = Math.Max(1, free / sharing--);
                free -= width.Value;
            }

            views.Add(new TileView(tile.Id, width.Value, tile.Description, View(tile)));
        }

        return views;
    }

    public static string Label(MetricCatalog catalog, string dimension) =>
        catalog.Dimensions.FirstOrDefault(each => each.Name == dimension)?.Label ?? Words(dimension.Split("__")[^1]);

    private ChartView View(DashboardTile tile)
    {
        var fields = new Dictionary<string, FieldView>(StringComparer.Ordinal);
        var title = tile.Title;
        var order = "value";
        if (tile.Question is MetricTileQuestion asked)
        {
            foreach (var dimension in asked.GroupBy)
            {
                fields[dimension.Text] = Dimension(dimension.Text);
            }

            foreach (var metric in asked.Metrics)
            {
                fields[metric.Text] = Metric(metric.Text, tile.Chart.Format);
            }

            if (tile.Chart.Type == ChartType.Kpi)
            {
                foreach (var grain in (string[])["day", "week", "month"])
                {
                    fields[$"{DimensionReference.MetricTime}__{grain}"] = new FieldView("Date", "time", grain, null);
                }
            }

            title ??= asked.Metrics is [var first, ..] ? fields[first.Text].Label : null;
            order = asked.OrderBy.Count > 0 ? "given" : order;
        }

        return new ChartView(
            tile.Chart.Type.ToString().ToLowerInvariant(),
            title ?? "Untitled",
            tile.Chart.Stack,
            tile.Chart.Horizontal,
            order,
            fields
        );
    }

    private FieldView Dimension(string text)
    {
        var reference = DimensionReference.Parse(text);
        var label = reference.IsMetricTime ? "Date" : Label(catalog, reference.BaseName);
        var known = catalog.Dimensions.FirstOrDefault(each => each.Name == reference.BaseName);
        return reference.Grain is { } grain ? new FieldView(label, "time", Metrics.Time.Grains.Name(grain), null)
            : known is { IsTime: true } || reference.IsMetricTime ? new FieldView(label, "time", "day", null)
            : new FieldView(label, "category", null, null);
    }

    private FieldView Metric(string name, string? format)
    {
        var metric = catalog.Metrics.FirstOrDefault(each => each.Name == name);
        var kind = format ?? metric?.Format ?? "number";
        return new FieldView(
            metric?.Label ?? Words(name),
            "metric",
            null,
            new FormatView(kind is "currency" or "percent" ? kind : "number", kind == "currency" ? currency : null)
        );
    }

    private static string Words(string name)
    {
        var words = name.Replace('_', ' ');
        return words.Length == 0 ? words : char.ToUpperInvariant(words[0]) + words[1..];
    }
}

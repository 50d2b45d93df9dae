using Headwater.Project.Yaml;

namespace Headwater.Project.Resources.Dashboards;

/// <summary>Reads <c>dashboards/*.yml</c>.</summary>
public sealed class DashboardKind : ResourceKind<DashboardDefinition>
{
    private const int Columns = 12;

    private static readonly Dictionary<string, ChartType> ChartTypes = new(StringComparer.Ordinal)
    {
        ["kpi"] = ChartType.Kpi,
        ["line"] = ChartType.Line,
        ["bar"] = ChartType.Bar,
        ["area"] = ChartType.Area,
        ["table"] = ChartType.Table,
        ["pie"] = ChartType.Pie,
        ["funnel"] = ChartType.Funnel,
    };

    private static readonly Dictionary<string, Comparison> Comparisons = new(StringComparer.Ordinal)
    {
        ["previous_period"] = Comparison.PreviousPeriod,
        ["previous_year"] = Comparison.PreviousYear,
    };

    public override string Noun => "dashboard";

    public override string Folder => "dashboards";

    protected override IEnumerable<DashboardDefinition> Read(MappingReader reader, ResourceContext context)
    {
        var name = reader.RequiredName("dashboard");
        var dashboard = new DashboardDefinition(
            name.Text,
            context.Package.Name,
            name.Location,
            reader.Text("title") ?? name.Text,
            reader.Text("description"),
            [.. reader.Mappings("filters").Select(ReadFilter)],
            ReadRows(reader, context)
        );
        if (dashboard.Rows.Count == 0)
        {
            reader.Report(ProjectDiagnostics.MissingKey.At(reader.Location, "rows"));
        }

        reader.Finish();
        return [dashboard];
    }

    private static DashboardFilter ReadFilter(MappingReader reader)
    {
        var filter = new DashboardFilter(
            reader.RequiredText("dimension"),
            reader.Text("title"),
            reader.LocatedText("default")
        );
        reader.Finish();
        return filter;
    }

    private static List<IReadOnlyList<DashboardTile>> ReadRows(MappingReader reader, ResourceContext context)
    {
        var rows = new List<IReadOnlyList<DashboardTile>>();
        switch (reader.Node("rows"))
        {
            case null:
                break;
            case YamlSequence sequence:
                foreach (var node in sequence.Items)
                {
                    rows.Add(ReadRow(node, rows.Count, reader, context));
                }

                break;
            case var other:
                reader.ReportType("rows", "a list of rows, each a list of tiles", other);
                break;
        }

        return rows;
    }

    private static List<DashboardTile> ReadRow(YamlNode node, int row, MappingReader parent, ResourceContext context)
    {
        var tiles = new List<DashboardTile>();
        if (node is not YamlSequence sequence)
        {
            parent.ReportType("rows", "a list of rows, each a list of tiles", node);
            return tiles;
        }

        foreach (var item in sequence.Items)
        {
            if (item is YamlMapping mapping)
            {
                tiles.Add(ReadTile(new MappingReader(mapping, context.Diagnostics), $"r{row}c{tiles.Count}"));
            }
            else
            {
                parent.ReportType("rows", "a list of tiles", item);
            }
        }

        var width = tiles.Sum(tile => tile.Width ?? 1);
        if (width > Columns)
        {
            parent.Report(
                ProjectDiagnostics.NotAccepted.At(
                    node.Location,
                    "width",
                    $"a row of {width} columns",
                    $"tiles whose widths add up to at most {Columns}"
                )
            );
        }

        return tiles;
    }

    private static DashboardTile ReadTile(MappingReader reader, string id)
    {
        var tile = new DashboardTile(
            id,
            reader.Location,
            reader.Text("title"),
            reader.Text("description"),
            ReadQuestion(reader),
            ReadChart(reader),
            reader.Choice("compare", Comparisons) ?? Comparison.None,
            ReadWidth(reader)
        );
        reader.Finish();
        return tile;
    }

    private static TileQuestion ReadQuestion(MappingReader reader)
    {
        var metric = reader.LocatedText("metric");
        var query = reader.Child("query");
        var sql = reader.LocatedText("sql");
        if (new object?[] { metric, query, sql }.Count(part => part is not null) != 1)
        {
            reader.Report(
                ProjectDiagnostics.MissingKey.At(reader.Location, "metric") with
                {
                    Hint = "a tile has exactly one of metric, query, sql",
                }
            );
        }

        if (sql is not null)
        {
            return new SqlTileQuestion(sql);
        }

        if (query is null)
        {
            return new MetricTileQuestion(metric is null ? [] : [metric], [], [], [], null);
        }

        var question = new MetricTileQuestion(
            query.Texts("metrics"),
            query.Texts("group_by"),
            query.Texts("where"),
            query.Texts("order_by"),
            query.Integer("limit")
        );
        query.Finish();
        return question;
    }

    private static ChartDefinition ReadChart(MappingReader reader)
    {
        if (reader.Node("chart") is YamlMapping)
        {
            var chart = reader.Child("chart")!;
            var definition = new ChartDefinition(
                chart.Choice("type", ChartTypes) ?? ChartType.Table,
                chart.Boolean("stack") ?? false,
                chart.Boolean("horizontal") ?? false,
                chart.Text("format")
            );
            chart.Finish();
            return definition;
        }

        return new ChartDefinition(reader.Choice("chart", ChartTypes) ?? ChartType.Table, false, false, null);
    }

    private static int? ReadWidth(MappingReader reader)
    {
        var width = reader.Integer("width");
        if (width is < 1 or > Columns)
        {
            reader.Report(
                ProjectDiagnostics.NotAccepted.At(reader.Node("width")!.Location, "width", width, $"1 to {Columns}")
            );
            return null;
        }

        return width;
    }
}

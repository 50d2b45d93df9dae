using Headwater.Kernel.Diagnostics;
using Headwater.Project.Yaml;

namespace Headwater.Project.Resources.Dashboards;

/// <summary>One file of <c>dashboards/</c>: a page of tiles over metrics or SQL.</summary>
public sealed record DashboardDefinition(
    string Name,
    string Package,
    SourceLocation Location,
    string Title,
    string? Description,
    IReadOnlyList<DashboardFilter> Filters,
    IReadOnlyList<IReadOnlyList<DashboardTile>> Rows
) : IResource
{
    public IEnumerable<DashboardTile> Tiles => Rows.SelectMany(row => row);
}

/// <summary>A control above the tiles that narrows all of them.</summary>
/// <param name="Dimension">A dimension name; <c>metric_time</c> makes it a date range.</param>
/// <param name="Default">What it holds when the address says nothing, such as <c>last 12 months</c>; null is everything.</param>
public sealed record DashboardFilter(LocatedText Dimension, string? Title, LocatedText? Default);

/// <summary>One tile: a question and how its answer is drawn.</summary>
/// <param name="Id">Place in the page, <c>r0c1</c> for the second tile of the first row: stable as long as the file is.</param>
/// <param name="Width">Columns of the twelve that a row has; null shares the rest of the row evenly.</param>
/// <param name="Compare">What the value is compared with, for a single number.</param>
public sealed record DashboardTile(
    string Id,
    SourceLocation Location,
    string? Title,
    string? Description,
    TileQuestion Question,
    ChartDefinition Chart,
    Comparison Compare,
    int? Width
);

/// <summary>What a tile asks.</summary>
public abstract record TileQuestion;

/// <summary>A metric query, in the words of the query API.</summary>
public sealed record MetricTileQuestion(
    IReadOnlyList<LocatedText> Metrics,
    IReadOnlyList<LocatedText> GroupBy,
    IReadOnlyList<LocatedText> Where,
    IReadOnlyList<LocatedText> OrderBy,
    int? Limit
) : TileQuestion;

/// <summary>User SQL over published tables.</summary>
public sealed record SqlTileQuestion(LocatedText Sql) : TileQuestion;

public enum ChartType
{
    Kpi,
    Line,
    Bar,
    Area,
    Table,
    Pie,
    Funnel,
}

/// <param name="Type">The chart.</param>
/// <param name="Stack">Series are stacked.</param>
/// <param name="Horizontal">Bars lie.</param>
/// <param name="Format">How numbers are written; null follows the metric.</param>
public sealed record ChartDefinition(ChartType Type, bool Stack, bool Horizontal, string? Format);

public enum Comparison
{
    None,
    PreviousPeriod,
    PreviousYear,
}

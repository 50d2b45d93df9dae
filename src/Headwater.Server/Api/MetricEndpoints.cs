using Headwater.Kernel.Names;
using Headwater.Metrics;
using Headwater.Query;
using Headwater.Server.Pipeline;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Headwater.Server.Api;

/// <summary>The catalogue of metrics and dimensions.</summary>
internal static class MetricEndpoints
{
    public static void Map(RouteGroupBuilder api, ServerParts parts, ServerOptions options)
    {
        var gate = parts.Gate;
        api.MapGet("/metrics", () => TypedJson(new MetricList([.. gate.Catalog.Metrics.Select(Item)])))
            .WithName("metrics")
            .WithTags("Catalogue")
            .WithSummary("Lists the metrics")
            .Answers<MetricList>();
        api.MapGet("/metrics/{name}", (string name) => TypedJson(Item(Find(gate.Catalog, name))))
            .WithName("metric")
            .WithTags("Catalogue")
            .WithSummary("Describes one metric")
            .Answers<MetricItem>();
        api.MapGet("/dimensions", (string? metrics) => TypedJson(Dimensions(gate.Catalog, metrics)))
            .WithName("dimensions")
            .WithTags("Catalogue")
            .WithSummary("Lists the dimensions that all of the given metrics, separated by commas, can be seen by")
            .Answers<DimensionList>();
        api.MapGet(
                "/dimensions/{name}/values",
                (
                    string name,
                    string? search,
                    string? metrics,
                    int? page_size,
                    string? cursor,
                    HttpContext context,
                    CancellationToken leaving
                ) =>
                    ValuesAsync(
                        context,
                        gate,
                        new DimensionValuesQuestion(
                            name,
                            Names(metrics),
                            string.IsNullOrWhiteSpace(search) ? null : search.Trim(),
                            options.ValuesShown
                        ),
                        page_size,
                        cursor,
                        leaving
                    )
            )
            .WithName("dimension_values")
            .WithTags("Catalogue")
            .WithSummary("Lists the values of a dimension that contain a text")
            .WithDescription("With page_size and cursor page by page, all of one state of the data.")
            .Answers<DimensionValues>();
    }

    /// <exception cref="Kernel.Diagnostics.DiagnosticException">HW8016.</exception>
    public static MetricDescription Find(MetricCatalog catalog, string name) =>
        catalog.Metrics.FirstOrDefault(metric => metric.Name == name)
        ?? throw (
            ServerDiagnostics
                .UnknownMetric.With(name)
                .Suggesting(name, [.. catalog.Metrics.Select(metric => metric.Name)])
        ).ToException();

    private static DimensionList Dimensions(MetricCatalog catalog, string? metrics)
    {
        var shared = Names(metrics)
            .Select(name => Find(catalog, name).Dimensions.AsEnumerable())
            .Aggregate((IEnumerable<string>?)null, (all, own) => all?.Intersect(own, StringComparer.Ordinal) ?? own)
            ?.ToHashSet(StringComparer.Ordinal);
        return new DimensionList([
            .. catalog
                .Dimensions.Where(dimension => shared?.Contains(dimension.Name) ?? true)
                .Select(dimension => new DimensionItem(
                    dimension.Name,
                    dimension.Label,
                    dimension.Description,
                    dimension.IsTime,
                    dimension.Grains
                )),
        ]);
    }

    private static async Task<IResult> ValuesAsync(
        HttpContext context,
        IGate gate,
        DimensionValuesQuestion values,
        int? pageSize,
        string? cursor,
        CancellationToken cancellationToken
    )
    {
        Question question =
            pageSize is null && cursor is null
                ? values
                : new PageQuestion(values, pageSize ?? PageQuestion.UsualRows, cursor);
        var inquiry = new Inquiry(question, context.Session().Principal, QuestionPath.Api, context.Origin());
        var reply = await gate.AskAsync(inquiry, cancellationToken);
        var table = reply.Answer.Table;
        var texts = new List<string?>();
        foreach (var batch in table.Batches)
        {
            for (var row = 0; row < batch.RowCount; row++)
            {
                texts.Add(Text(batch.Columns[0].Value(row)));
            }
        }

        return TypedJson(new DimensionValues(texts, reply.Answer.NextCursor));
    }

    private static string? Text(object? value) =>
        value switch
        {
            null => null,
            string text => text,
            bool flag => flag ? "true" : "false",
            DateOnly day => $"{day:yyyy-MM-dd}",
            IFormattable other => other.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
            _ => value.ToString(),
        };

    private static string[] Names(string? list) =>
        list?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    private static MetricItem Item(MetricDescription metric) =>
        new(
            metric.Name,
            metric.Label,
            metric.Description,
            metric.Type,
            metric.Formula,
            metric.Owner,
            metric.Format,
            metric.Models,
            metric.Dimensions
        );

    /// <summary>An answer written with the API's own serializer.</summary>
    private static IResult TypedJson<T>(T value) => Results.Json(value, ApiJson.Default);
}

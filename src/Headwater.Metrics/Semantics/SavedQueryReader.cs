using Headwater.Metrics.Requests;
using Headwater.Project.Packages;
using Headwater.Project.Yaml;

namespace Headwater.Metrics.Semantics;

/// <summary>Reads one entry of <c>saved_queries:</c>.</summary>
internal static class SavedQueryReader
{
    // Whether it is a view.
    private static readonly Dictionary<string, bool> Kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        ["table"] = false,
        ["view"] = true,
    };

    public static SavedQuery Read(MappingReader reader, ProjectPackage package)
    {
        var name = reader.RequiredName("name");
        var parameters = reader.Child("query_params");
        var request = new MetricRequest(
            Texts(parameters, "metrics"),
            [.. Texts(parameters, "group_by").Select(item => TemplateCall.Parse(item)?.Operand.ToString() ?? item)],
            Texts(parameters, "where"),
            [.. Texts(parameters, "order_by").Select(Order)],
            parameters?.Integer("limit")
        );
        return new SavedQuery(
            name.Text.ToLowerInvariant(),
            package.Name,
            name.Location,
            reader.Text("label"),
            reader.Text("description"),
            request,
            [.. reader.Mappings("exports").Select(ReadExport)]
        );
    }

    private static List<string> Texts(MappingReader? reader, string key) =>
        [.. reader?.Texts(key).Select(item => item.Text) ?? []];

    private static string Order(string text) =>
        TemplateCall.Parse(text) is not { } call
            ? text
            : (call.Descending ? "-" : "")
                + (call.Operand is MetricReference metric ? metric.Metric : call.Operand.ToString());

    private static QueryExport ReadExport(MappingReader reader)
    {
        var config = reader.Child("config");
        return new QueryExport(
            reader.RequiredName("name").Text,
            config?.Choice("export_as", Kinds) is true ? "view" : "table",
            config?.Text("alias"),
            config?.Text("schema") ?? config?.Text("schema_name")
        );
    }
}

using Headwater.Jinja.Values;
using static Headwater.Modeling.Parsing.SemanticTexts;

namespace Headwater.Modeling.Parsing;

/// <summary>An entry of <c>saved_queries:</c> in the form of dbt's manifest.</summary>
internal static class SavedQueryShape
{
    public static JinjaDict Of(JinjaDict entry)
    {
        var written = entry.At("query_params") as JinjaDict ?? new JinjaDict();
        return Dict(
            (
                "query_params",
                Dict(
                    ("metrics", new JinjaList(Metrics(entry))),
                    ("group_by", new JinjaList(Items(written.At("group_by")).Select(Str))),
                    ("where", Filter(written.At("where"))),
                    ("order_by", new JinjaList(Items(written.At("order_by")).Select(Str))),
                    ("limit", written.At("limit") as long?)
                )
            ),
            ("exports", new JinjaList(Items(entry.At("exports")).OfType<JinjaDict>().Select(Export))),
            ("label", Str(entry.At("label"))),
            ("metadata", null)
        );
    }

    public static IEnumerable<string> Metrics(JinjaDict entry) =>
        Items((entry.At("query_params") as JinjaDict)?.At("metrics")).Select(Str).OfType<string>();

    private static JinjaDict Export(JinjaDict export)
    {
        var config = export.At("config") as JinjaDict ?? new JinjaDict();
        return Dict(
            ("name", Str(export.At("name")) ?? ""),
            (
                "config",
                Dict(
                    ("export_as", Str(config.At("export_as"))?.ToLowerInvariant() ?? "table"),
                    ("schema_name", Str(config.At("schema"))),
                    ("alias", Str(config.At("alias"))),
                    ("database", Str(config.At("database")))
                )
            )
        );
    }
}

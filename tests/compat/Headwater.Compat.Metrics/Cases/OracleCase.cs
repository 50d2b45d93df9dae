using Headwater.Compat.Metrics.Manifests;
using Headwater.Project.Yaml;

namespace Headwater.Compat.Metrics.Cases;

/// <summary>A question with the query that gives its expected rows.</summary>
/// <param name="File">The file it stands in.</param>
/// <param name="Model">Which manifest it is asked of.</param>
/// <param name="Bounds">First and last day or second of metric time, or null.</param>
internal sealed record OracleCase(
    string File,
    string Name,
    string Model,
    IReadOnlyList<string> Metrics,
    IReadOnlyList<string> GroupBy,
    string? SavedQuery,
    IReadOnlyList<string> OrderBy,
    string? Where,
    (string From, string To)? Bounds,
    int? Limit,
    bool CheckOrder,
    bool AllowEmpty,
    bool MinMaxOnly,
    bool Distinct,
    string CheckQuery
)
{
    public static IReadOnlyList<OracleCase> ReadAll(string folder) =>
        [
            .. Directory
                .EnumerateFiles(folder, "*.yaml")
                .Order(StringComparer.Ordinal)
                .SelectMany(path =>
                    YamlDocuments
                        .Read(path)
                        .Select(document => Read(Path.GetFileName(path), (YamlMapping)document["integration_test"]!))
                ),
        ];

    private static OracleCase Read(string file, YamlMapping entry) =>
        new(
            file,
            Text(entry, "name")!,
            Text(entry, "model")!,
            Texts(entry["metrics"]),
            [
                .. Texts(entry["group_bys"]),
                .. (entry["group_by_objs"] as YamlSequence)?.Items.Cast<YamlMapping>().Select(GroupByObject) ?? [],
            ],
            Text(entry, "saved_query_name"),
            Texts(entry["order_bys"]),
            Text(entry, "where_filter"),
            Texts(entry["time_constraint"]) is [var from, var to] ? (from, to) : null,
            (int?)(entry["limit"] as YamlScalar)?.AsInteger,
            Flag(entry, "check_order", false),
            Flag(entry, "allow_empty", false),
            Flag(entry, "min_max_only", false),
            Flag(entry, "apply_group_by", true),
            Text(entry, "check_query")!
        );

    private static string GroupByObject(YamlMapping item)
    {
        var name = Text(item, "name")!;
        return Text(item, "date_part") is { } part ? $"{name}__extract_{part}"
            : Text(item, "grain") is { } grain ? $"{name}__{grain}"
            : name;
    }

    private static bool Flag(YamlMapping entry, string key, bool otherwise) =>
        (entry[key] as YamlScalar)?.AsBoolean ?? otherwise;

    private static string? Text(YamlMapping entry, string key) => (entry[key] as YamlScalar)?.Text;

    private static IReadOnlyList<string> Texts(YamlNode? node) =>
        node switch
        {
            YamlSequence sequence => [.. sequence.Items.Cast<YamlScalar>().Select(item => item.Text)],
            YamlScalar { IsNull: false } scalar => [scalar.Text],
            _ => [],
        };
}

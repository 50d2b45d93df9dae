using Headwater.Jinja.Values;
using Headwater.Modeling.Graph;

namespace Headwater.Modeling.Parsing;

/// <summary>
/// Makes the nodes of the semantic layer. Mistakes in them are for the module that plans metrics to report: what is not found here is
/// left out of what a node reads.
/// </summary>
internal sealed class SemanticParser
{
    private readonly DraftTable _drafts;
    private readonly EntryHeaders _headers;
    private readonly Dictionary<string, string> _modelsByMeasure = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, (PropertyEntry Entry, JinjaDict Written)> _metrics = new(
        StringComparer.OrdinalIgnoreCase
    );

    public SemanticParser(DraftFactory factory, DraftTable drafts, PropertySet properties)
    {
        _drafts = drafts;
        _headers = new EntryHeaders(factory);
        foreach (var entry in properties.Metrics)
        {
            _metrics.TryAdd(NameOf(entry), (entry, Written(entry)));
        }

        SemanticModels = [.. properties.SemanticModels.Select(SemanticModel)];
        Metrics = _metrics.Values.Select(Metric).ToDictionary(metric => metric.Name, StringComparer.OrdinalIgnoreCase);
        SavedQueries = [.. properties.SavedQueries.Select(SavedQuery)];
    }

    public IReadOnlyList<SemanticModelNode> SemanticModels { get; }

    /// <summary>By name, whatever its case.</summary>
    public IReadOnlyDictionary<string, MetricNode> Metrics { get; }

    public IReadOnlyList<SavedQueryNode> SavedQueries { get; }

    public IEnumerable<ManifestNode> All => [.. SemanticModels, .. Metrics.Values, .. SavedQueries];

    private SemanticModelNode SemanticModel(PropertyEntry entry)
    {
        var header = _headers.Read(entry, $"semantic_model.{entry.Package}.", "semantic-models", []);
        var definition = SemanticModelShape.Of(Written(entry));
        foreach (var measure in SemanticTexts.Items(definition.At("measures")).OfType<JinjaDict>())
        {
            _modelsByMeasure.TryAdd(SemanticTexts.Str(measure.At("name"))!, header.UniqueId);
        }

        return new SemanticModelNode(header with { DependsOn = Model(entry, definition) }, definition);
    }

    private string[] Model(PropertyEntry entry, JinjaDict definition) =>
        SemanticTexts.RefOf(SemanticTexts.Str(definition.At("model"))!) is var (package, name)
        && _drafts.Find(name, package, null, entry.Package) is [var model]
            ? [model.UniqueId]
            : [];

    private MetricNode Metric((PropertyEntry Entry, JinjaDict Written) metric)
    {
        var (entry, written) = metric;
        var header = _headers.Read(entry, $"metric.{entry.Package}.", "metrics", []);
        var models = MetricShape
            .Measures(written)
            .Select(measure => _modelsByMeasure.GetValueOrDefault(SemanticTexts.Str(measure.At("name"))!));
        IReadOnlyList<string> depends =
        [
            .. models
                .Concat(MetricShape.Inputs(written).Select(MetricId))
                .OfType<string>()
                .Distinct(StringComparer.Ordinal),
        ];
        return new MetricNode(header with { DependsOn = depends }, MetricShape.Of(written, Measures(written, [])));
    }

    private IEnumerable<JinjaDict> Measures(JinjaDict written, HashSet<string> seen) =>
        MetricShape
            .Measures(written)
            .Concat(
                MetricShape
                    .Inputs(written)
                    .Where(name => _metrics.ContainsKey(name) && seen.Add(name))
                    .SelectMany(name => Measures(_metrics[name].Written, seen))
            );

    private SavedQueryNode SavedQuery(PropertyEntry entry)
    {
        var header = _headers.Read(entry, $"saved_query.{entry.Package}.", "saved-queries", []);
        var written = Written(entry);
        var depends = SavedQueryShape.Metrics(written).Select(MetricId).OfType<string>();
        return new SavedQueryNode(
            header with
            {
                DependsOn = [.. depends.Distinct(StringComparer.Ordinal)],
            },
            SavedQueryShape.Of(written)
        );
    }

    private string? MetricId(string name) =>
        _metrics.TryGetValue(name, out var metric) ? $"metric.{metric.Entry.Package}.{NameOf(metric.Entry)}" : null;

    private static string NameOf(PropertyEntry entry) => entry.Reader.RequiredText("name").Text;

    // Unrendered: the braces of a filter are for the module that plans metrics.
    private static JinjaDict Written(PropertyEntry entry) => YamlValues.ConvertMapping(entry.Reader.Mapping);
}

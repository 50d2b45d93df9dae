using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Names;
using Headwater.Project.Packages;
using Headwater.Project.Yaml;

namespace Headwater.Metrics.Semantics;

/// <summary>
/// Reads the entries of <c>metrics:</c>. Metrics may name each other in any order and over packages, so they are read on demand:
/// each once, its inputs first.
/// </summary>
internal sealed class MetricReader(IReadOnlyList<SemanticModel> models, DiagnosticBag diagnostics)
{
    private readonly Dictionary<string, (MappingReader Reader, ProjectPackage Package)> _entries = new(
        StringComparer.Ordinal
    );
    private readonly Dictionary<string, Metric?> _read = new(StringComparer.Ordinal);
    private readonly List<string> _reading = [];

    /// <summary>Announces an entry; of two with one name the first is kept and the second reported.</summary>
    public void Add(MappingReader reader, ProjectPackage package)
    {
        var name = reader.RequiredName("name");
        if (!_entries.TryAdd(name.Text.ToLowerInvariant(), (reader, package)))
        {
            var first = _entries[name.Text.ToLowerInvariant()].Reader.RequiredText("name").Location;
            diagnostics.Add(MetricDiagnostics.DuplicateName.At(name.Location, "metric", name.Text, first));
        }
    }

    public IReadOnlyList<Metric> ReadAll() =>
        [.. _entries.Keys.Order(StringComparer.Ordinal).Select(Read).OfType<Metric>()];

    private Metric? Read(string name)
    {
        if (_read.TryGetValue(name, out var known))
        {
            return known;
        }

        var (reader, package) = _entries[name];
        if (_reading.Contains(name))
        {
            var circle = string.Join(" → ", _reading.SkipWhile(other => other != name).Append(name));
            diagnostics.Add(MetricDiagnostics.MetricCycle.At(reader.Location, name, circle));
            return null;
        }

        _reading.Add(name);
        var metric = ReadEntry(name, reader, package);
        _reading.Remove(name);
        _read[name] = metric;
        return metric;
    }

    private Metric? ReadEntry(string name, MappingReader reader, ProjectPackage package)
    {
        var location = reader.RequiredText("name").Location;
        var meta = reader.Child("meta") ?? reader.Child("config")?.Child("meta");
        var header = new MetricHeader(
            name,
            package.Name,
            location,
            reader.Text("label"),
            reader.Text("description"),
            meta?.Text("owner"),
            meta?.Text("format")
        );
        var filters = ReadFilters(reader);
        var parameters = reader.Child("type_params") ?? new MappingReader(YamlMapping.Empty(location), diagnostics);
        var type = reader.RequiredText("type");
        switch (type.Text.ToLowerInvariant())
        {
            case "simple":
                return ReadSimple(header, filters, parameters);
            case "ratio":
                var numerator = ReadInput(header, parameters, "numerator");
                var denominator = ReadInput(header, parameters, "denominator");
                return numerator is null || denominator is null
                    ? null
                    : new RatioMetric(header, filters, numerator, denominator);
            case "derived":
                return ReadDerived(header, filters, parameters);
            case "":
                return null;
            default:
                diagnostics.Add(MetricDiagnostics.UnsupportedType.At(type.Location, name, type.Text));
                return null;
        }
    }

    private SimpleMetric? ReadSimple(MetricHeader header, List<FilterTemplate> filters, MappingReader parameters)
    {
        // measure: name, or measure: {name: …, filter: …, fill_nulls_with: …}
        LocatedText name;
        string? fill = parameters.Text("fill_nulls_with");
        if (parameters.Node("measure") is YamlMapping)
        {
            var child = parameters.Child("measure")!;
            name = child.RequiredText("name");
            fill ??= child.Text("fill_nulls_with");
            filters.AddRange(ReadFilters(child));
        }
        else
        {
            name = parameters.RequiredText("measure");
        }

        var found = models
            .SelectMany(model => model.Measures.Select(measure => (model, measure)))
            .FirstOrDefault(pair => string.Equals(pair.measure.Name, name.Text, StringComparison.OrdinalIgnoreCase));
        if (found.measure is null)
        {
            if (name.Text.Length > 0)
            {
                var known = models.SelectMany(model => model.Measures).Select(measure => measure.Name);
                diagnostics.Add(
                    MetricDiagnostics.UnknownMeasure.At(name.Location, name.Text) with
                    {
                        Hint = NearestName.Hint(name.Text, [.. known]),
                    }
                );
            }

            return null;
        }

        return new SimpleMetric(header, filters, found.model, found.measure, fill);
    }

    private DerivedMetric? ReadDerived(MetricHeader header, List<FilterTemplate> filters, MappingReader parameters)
    {
        var expression = parameters.RequiredText("expr");
        var inputs = new List<MetricInput>();
        var complete = expression.Text.Length > 0;
        foreach (var item in (parameters.Node("metrics") as YamlSequence)?.Items ?? [])
        {
            var input = item switch
            {
                YamlScalar scalar => Input(header, new LocatedText(scalar.Text, scalar.Location), null, []),
                YamlMapping mapping => ReadInput(header, new MappingReader(mapping, diagnostics)),
                _ => null,
            };
            complete &= input is not null;
            if (input is not null)
            {
                inputs.Add(input);
            }
        }

        return complete ? new DerivedMetric(header, filters, expression.Text, inputs) : null;
    }

    private MetricInput? ReadInput(MetricHeader header, MappingReader parameters, string key) =>
        parameters.Node(key) is YamlMapping
            ? ReadInput(header, parameters.Child(key)!)
            : Input(header, parameters.RequiredText(key), null, []);

    private MetricInput? ReadInput(MetricHeader header, MappingReader reader)
    {
        if (reader.Node("offset_window") is { } offset)
        {
            diagnostics.Add(
                MetricDiagnostics.UnsupportedType.At(offset.Location, header.Name, "derived with offset_window")
            );
            return null;
        }

        return Input(header, reader.RequiredText("name"), reader.Text("alias"), ReadFilters(reader));
    }

    private MetricInput? Input(
        MetricHeader header,
        LocatedText name,
        string? alias,
        IReadOnlyList<FilterTemplate> filters
    )
    {
        var key = name.Text.ToLowerInvariant();
        if (_entries.ContainsKey(key))
        {
            return Read(key) is { } metric ? new MetricInput(metric, alias ?? key, filters) : null;
        }

        if (key.Length > 0)
        {
            diagnostics.Add(
                MetricDiagnostics.UnknownInput.At(name.Location, header.Name, name.Text) with
                {
                    Hint = NearestName.Hint(name.Text, _entries.Keys),
                }
            );
        }

        return null;
    }

    private List<FilterTemplate> ReadFilters(MappingReader reader)
    {
        var filters = new List<FilterTemplate>();
        foreach (var text in reader.Texts("filter"))
        {
            if (FilterTemplate.Parse(text, diagnostics) is { } filter)
            {
                filters.Add(filter);
            }
        }

        return filters;
    }
}

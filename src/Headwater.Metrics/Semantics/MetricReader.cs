using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Names;
using Headwater.Project.Packages;
using Headwater.Project.Yaml;

namespace Headwater.Metrics.Semantics;

/// <summary>
/// Reads the metrics of a project, from <c>metrics:</c> and from models. Metrics may name each other in any order and over packages, so they
/// are read on demand: each once, its inputs first.
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

    /// <summary>The metric that an input names, or null with the reason reported.</summary>
    public Metric? Input(MetricHeader header, LocatedText name)
    {
        var key = name.Text.ToLowerInvariant();
        if (_entries.ContainsKey(key))
        {
            return Read(key);
        }

        if (key.Length > 0)
        {
            diagnostics.Add(
                MetricDiagnostics
                    .UnknownInput.At(name.Location, header.Name, name.Text)
                    .Suggesting(name.Text, _entries.Keys)
            );
        }

        return null;
    }

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
        var header = MetricHeaderReader.Read(name, reader, package);
        var entry = new MetricEntry(header, reader, models, this, diagnostics);
        // A measure that makes a metric of itself, and a metric that is its own measure, need not say that they are simple.
        var type = reader.Has("agg") ? reader.LocatedText("type") : reader.RequiredText("type");
        switch (type?.Text.ToLowerInvariant())
        {
            case null or "simple":
                return SimpleMetricReader.Read(entry);
            case "ratio":
                return RatioMetricReader.Read(entry);
            case "derived":
                return DerivedMetricReader.Read(entry);
            case "cumulative":
                return CumulativeMetricReader.Read(entry);
            case "conversion":
                return ConversionMetricReader.Read(entry);
            case "":
                return null;
            default:
                diagnostics.Add(MetricDiagnostics.UnsupportedType.At(type.Location, name, type.Text));
                return null;
        }
    }
}

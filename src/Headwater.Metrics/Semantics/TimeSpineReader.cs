using Headwater.Kernel.Diagnostics;
using Headwater.Metrics.Time;
using Headwater.Project.Yaml;

namespace Headwater.Metrics.Semantics;

/// <summary>Reads which models are time spines: those with <c>time_spine:</c>, or else the one that is named for it.</summary>
internal sealed class TimeSpineReader(IModelRelations models, DiagnosticBag diagnostics)
{
    // The name and column that the semantic layer knew before there was a key for it.
    private const string KnownModel = "metricflow_time_spine";
    private const string KnownColumn = "date_day";

    private readonly List<TimeSpine> _spines = [];

    /// <summary>Takes the entry of a model.</summary>
    public void Add(MappingReader model)
    {
        if (model.Child("time_spine") is not { } entry || model.Text("name") is not { } name)
        {
            return;
        }

        var column = entry.RequiredText("standard_granularity_column");
        var grain = model
            .Mappings("columns")
            .Where(item => item.Text("name") == column.Text)
            .Select(item => DimensionReader.Grain(item, "granularity"))
            .FirstOrDefault();
        if (grain is null)
        {
            diagnostics.Add(MetricDiagnostics.SpineWithoutGrain.At(column.Location, name, column.Text));
            return;
        }

        if (models.Find(name) is not { } relation)
        {
            diagnostics.Add(MetricDiagnostics.UnknownModel.At(entry.Location, "time_spine", name));
            return;
        }

        var custom = entry
            .Mappings("custom_granularities")
            .ToDictionary(
                item => item.RequiredName("name").Text.ToLowerInvariant(),
                item => item.Text("column_name") ?? item.RequiredName("name").Text,
                StringComparer.OrdinalIgnoreCase
            );
        _spines.Add(new TimeSpine(name, relation, column.Text, grain.Value, custom, entry.Location));
    }

    /// <summary>The spines, finest first.</summary>
    public IReadOnlyList<TimeSpine> ReadAll()
    {
        if (_spines.Count == 0 && models.Find(KnownModel) is { } relation)
        {
            _spines.Add(
                new TimeSpine(
                    KnownModel,
                    relation,
                    KnownColumn,
                    Grain.Day,
                    new Dictionary<string, string>(),
                    new SourceLocation(KnownModel)
                )
            );
        }

        return [.. _spines.OrderBy(spine => spine.Grain)];
    }
}

using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Names;
using Headwater.Metrics.Time;
using Headwater.Project.Packages;
using Headwater.Project.Yaml;

namespace Headwater.Metrics.Semantics;

/// <summary>Reads one entry of <c>semantic_models:</c>.</summary>
internal sealed class SemanticModelReader(IModelRelations models, DiagnosticBag diagnostics)
{
    private static readonly Dictionary<string, EntityType> EntityTypes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["primary"] = EntityType.Primary,
        ["unique"] = EntityType.Unique,
        ["foreign"] = EntityType.Foreign,
        ["natural"] = EntityType.Natural,
    };

    private static readonly Dictionary<string, bool> DimensionTypes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["categorical"] = false,
        ["time"] = true,
    };

    private static readonly Dictionary<string, Aggregation> Aggregations = new(StringComparer.OrdinalIgnoreCase)
    {
        ["sum"] = Aggregation.Sum,
        ["min"] = Aggregation.Min,
        ["max"] = Aggregation.Max,
        ["count"] = Aggregation.Count,
        ["count_distinct"] = Aggregation.CountDistinct,
        ["sum_boolean"] = Aggregation.SumBoolean,
        ["average"] = Aggregation.Average,
        ["avg"] = Aggregation.Average,
        ["median"] = Aggregation.Median,
        ["percentile"] = Aggregation.Percentile,
    };

    private static readonly Dictionary<string, Grain> GrainNames = Grains.Names.ToDictionary(
        name => name,
        name => Grains.Find(name)!.Value,
        StringComparer.OrdinalIgnoreCase
    );

    /// <summary>The semantic model, or null if its table is unknown (reported).</summary>
    public SemanticModel? Read(MappingReader reader, ProjectPackage package)
    {
        var name = reader.RequiredName("name");
        var modelText = reader.RequiredText("model");
        var modelName = ReferencedModel(modelText);
        var relation = modelName is null ? null : FindRelation(name.Text, modelName, modelText);
        var defaults = reader.Child("defaults");
        var defaultTime = defaults?.Text("agg_time_dimension");
        var entities = reader.Mappings("entities").Select(ReadEntity).ToList();
        var dimensions = reader.Mappings("dimensions").Select(ReadDimension).ToList();
        var primary = reader.Text("primary_entity") ?? entities.Find(entity => entity.Type == EntityType.Primary)?.Name;
        if (primary is null && dimensions.Count > 0)
        {
            diagnostics.Add(MetricDiagnostics.NoPrimaryEntity.At(name.Location, name.Text));
        }

        var measures = reader.Mappings("measures").Select(measure => ReadMeasure(measure, defaultTime)).ToList();
        ReportTimes(name.Text, dimensions, measures);
        return relation is null
            ? null
            : new SemanticModel(
                name.Text.ToLowerInvariant(),
                package.Name,
                name.Location,
                reader.Text("description"),
                modelName!,
                relation,
                defaultTime?.ToLowerInvariant(),
                primary?.ToLowerInvariant(),
                entities,
                dimensions,
                measures
            );
    }

    private RelationName? FindRelation(string semanticModel, string modelName, LocatedText place)
    {
        var relation = models.Find(modelName);
        if (relation is null)
        {
            diagnostics.Add(
                MetricDiagnostics.UnknownModel.At(place.Location, semanticModel, modelName) with
                {
                    Hint = NearestName.Hint(modelName, models.Names),
                }
            );
        }

        return relation;
    }

    private string? ReferencedModel(LocatedText text)
    {
        // ref('model') or ref('package', 'model'); the model is the last argument.
        var inner = text.Text.Trim();
        if (inner.StartsWith("ref(", StringComparison.Ordinal) && inner.EndsWith(')'))
        {
            return inner[4..^1].Split(',')[^1].Trim().Trim('\'', '"');
        }

        if (inner.Length > 0)
        {
            diagnostics.Add(MetricDiagnostics.BadModelReference.At(text.Location, text.Text));
        }

        return null;
    }

    private static Entity ReadEntity(MappingReader reader)
    {
        var name = reader.RequiredName("name").Text.ToLowerInvariant();
        return new Entity(name, reader.Choice("type", EntityTypes) ?? EntityType.Foreign, reader.Text("expr") ?? name);
    }

    private static Dimension ReadDimension(MappingReader reader)
    {
        var name = reader.RequiredName("name").Text.ToLowerInvariant();
        var isTime = reader.Choice("type", DimensionTypes) ?? false;
        var grain = isTime
            ? reader.Child("type_params")?.Choice("time_granularity", GrainNames) ?? Grain.Day
            : (Grain?)null;
        return new Dimension(
            name,
            reader.Text("expr") ?? name,
            grain,
            reader.Text("label"),
            reader.Text("description")
        );
    }

    private Measure ReadMeasure(MappingReader reader, string? defaultTime)
    {
        var name = reader.RequiredName("name");
        var aggregation = reader.Choice("agg", Aggregations) ?? Aggregation.Sum;
        var parameters = reader.Child("agg_params");
        var percentile = (parameters?.Node("percentile") as YamlScalar)?.AsNumber ?? -1;
        if (aggregation == Aggregation.Percentile && percentile is < 0 or > 1)
        {
            diagnostics.Add(MetricDiagnostics.BadPercentile.At(name.Location, name.Text));
        }

        return new Measure(
            name.Text.ToLowerInvariant(),
            aggregation,
            reader.Text("expr") ?? name.Text,
            (reader.Text("agg_time_dimension") ?? defaultTime)?.ToLowerInvariant(),
            percentile,
            parameters?.Boolean("use_discrete_percentile") ?? false,
            reader.Text("label"),
            reader.Text("description"),
            name.Location
        );
    }

    private void ReportTimes(string model, List<Dimension> dimensions, List<Measure> measures)
    {
        var times = dimensions.Where(dimension => dimension.IsTime).Select(dimension => dimension.Name).ToList();
        foreach (var measure in measures)
        {
            if (measure.TimeDimension is null)
            {
                diagnostics.Add(MetricDiagnostics.NoTimeDimension.At(measure.Location, measure.Name));
            }
            else if (!times.Contains(measure.TimeDimension))
            {
                diagnostics.Add(
                    MetricDiagnostics.UnknownTimeDimension.At(measure.Location, measure.TimeDimension, model) with
                    {
                        Hint = NearestName.Hint(measure.TimeDimension, times),
                    }
                );
            }
        }
    }
}

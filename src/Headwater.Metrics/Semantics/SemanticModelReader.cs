using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Names;
using Headwater.Project.Packages;
using Headwater.Project.Yaml;

namespace Headwater.Metrics.Semantics;

/// <summary>Reads one entry of <c>semantic_models:</c>.</summary>
internal sealed class SemanticModelReader(IModelRelations models, DiagnosticBag diagnostics)
{
    private readonly MeasureReader _measures = new(diagnostics);

    /// <summary>The semantic model, or null if its table is unknown (reported).</summary>
    public SemanticModel? Read(MappingReader reader, ProjectPackage package)
    {
        var name = reader.RequiredName("name");
        var modelText = reader.RequiredText("model");
        var modelName = ReferencedModel(modelText);
        var relation = modelName is null ? null : FindRelation(name.Text, modelName, modelText);
        var defaults = reader.Child("defaults");
        var defaultTime = defaults?.Text("agg_time_dimension");
        var entities = reader.Mappings("entities").Select(EntityReader.Read).ToList();
        var dimensions = reader.Mappings("dimensions").Select(DimensionReader.Read).ToList();
        var primary = reader.Text("primary_entity") ?? entities.Find(entity => entity.Type == EntityType.Primary)?.Name;
        if (primary is null && dimensions.Count > 0)
        {
            diagnostics.Add(MetricDiagnostics.NoPrimaryEntity.At(name.Location, name.Text));
        }

        var measures = reader.Mappings("measures").Select(measure => _measures.Read(measure, defaultTime)).ToList();
        MeasureReader.ReportTimes(name.Text, dimensions, measures, diagnostics);
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
            )
            {
                Validity = DimensionReader.ReadValidity(reader),
            };
    }

    private RelationName? FindRelation(string semanticModel, string modelName, LocatedText place)
    {
        var relation = models.Find(modelName);
        if (relation is null)
        {
            diagnostics.Add(
                MetricDiagnostics
                    .UnknownModel.At(place.Location, semanticModel, modelName)
                    .Suggesting(modelName, models.Names)
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
}

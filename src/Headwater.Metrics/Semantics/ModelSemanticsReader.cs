using Headwater.Kernel.Diagnostics;
using Headwater.Metrics.Time;
using Headwater.Project.Packages;
using Headwater.Project.Yaml;

namespace Headwater.Metrics.Semantics;

/// <summary>
/// Reads the semantics that a model states itself: <c>semantic_model:</c> in its entry, entities and dimensions at its columns and under
/// <c>derived_semantics:</c>, and under <c>metrics:</c> simple metrics, which are their own measures.
/// </summary>
internal sealed class ModelSemanticsReader(IModelRelations models, DiagnosticBag diagnostics)
{
    private readonly MeasureReader _measures = new(diagnostics);

    /// <summary>The semantic model of a model's entry, or null if the model states none or does not exist (reported).</summary>
    public SemanticModel? Read(MappingReader reader, ProjectPackage package)
    {
        if (reader.Node("semantic_model") is not { } node || node is YamlScalar { AsBoolean: false })
        {
            return null;
        }

        var settings = node is YamlMapping mapping ? new MappingReader(mapping, diagnostics) : null;
        if (settings?.Boolean("enabled") is false)
        {
            return null;
        }

        var modelName = reader.RequiredText("name");
        if (models.Find(modelName.Text) is not { } relation)
        {
            diagnostics.Add(MetricDiagnostics.UnknownModel.At(modelName.Location, modelName.Text, modelName.Text));
            return null;
        }

        var parts = new ColumnParts();
        foreach (var column in reader.Mappings("columns"))
        {
            ReadColumn(column, parts);
        }

        ReadDerived(reader, parts);
        var time = (reader.Text("agg_time_dimension") ?? settings?.Text("agg_time_dimension"))?.ToLowerInvariant();
        var primary =
            (reader.Text("primary_entity") ?? settings?.Text("primary_entity"))?.ToLowerInvariant()
            ?? parts.Entities.Find(entity => entity.Type == EntityType.Primary)?.Name;
        if (primary is null && parts.Dimensions.Count > 0)
        {
            diagnostics.Add(MetricDiagnostics.NoPrimaryEntity.At(modelName.Location, modelName.Text));
        }

        var measures = reader
            .Mappings("metrics")
            .Where(metric => metric.Has("agg"))
            .Select(metric => _measures.Read(metric, time))
            .ToList();
        MeasureReader.ReportTimes(modelName.Text, parts.Dimensions, measures, diagnostics);
        return new SemanticModel(
            (settings?.Text("name") ?? modelName.Text).ToLowerInvariant(),
            package.Name,
            modelName.Location,
            reader.Text("description"),
            modelName.Text,
            relation,
            time,
            primary,
            parts.Entities,
            parts.Dimensions,
            measures
        )
        {
            Validity = parts is { Start: { } start, End: { } end } ? new Validity(start, end) : null,
        };
    }

    private void ReadColumn(MappingReader column, ColumnParts parts)
    {
        var name = column.RequiredText("name").Text;
        switch (column.Node("entity"))
        {
            case YamlMapping entity:
                parts.Entities.Add(EntityReader.ReadOfColumn(new MappingReader(entity, diagnostics), name));
                break;
            case YamlScalar type:
                // entity: primary, short for its type alone.
                var shorthand = YamlMapping.Empty(type.Location).With("type", type);
                parts.Entities.Add(EntityReader.ReadOfColumn(new MappingReader(shorthand, diagnostics), name));
                break;
            default:
                break;
        }

        var grain = DimensionReader.Grain(column, "granularity");
        switch (column.Node("dimension"))
        {
            case YamlMapping dimension:
                AddDimension(new MappingReader(dimension, diagnostics), name, grain, parts);
                break;
            case YamlScalar type when type.AsBoolean is not false:
                var kind = type.AsBoolean is true ? null : type;
                var shorthand = kind is null
                    ? YamlMapping.Empty(type.Location)
                    : YamlMapping.Empty(type.Location).With("type", kind);
                AddDimension(new MappingReader(shorthand, diagnostics), name, grain, parts);
                break;
            default:
                break;
        }
    }

    private static void AddDimension(MappingReader reader, string column, Grain? grain, ColumnParts parts)
    {
        parts.Dimensions.Add(DimensionReader.ReadOfColumn(reader, column, grain));
        DimensionReader.Note(reader, column, ref parts.Start, ref parts.End);
    }

    private static void ReadDerived(MappingReader reader, ColumnParts parts)
    {
        if (reader.Child("derived_semantics") is not { } derived)
        {
            return;
        }

        parts.Entities.AddRange(derived.Mappings("entities").Select(EntityReader.Read));
        foreach (var dimension in derived.Mappings("dimensions"))
        {
            parts.Dimensions.Add(DimensionReader.Read(dimension));
            DimensionReader.Note(dimension, dimension.Text("expr") ?? "", ref parts.Start, ref parts.End);
        }
    }

    private sealed class ColumnParts
    {
        public readonly List<Entity> Entities = [];
        public readonly List<Dimension> Dimensions = [];
        public string? Start;
        public string? End;
    }
}

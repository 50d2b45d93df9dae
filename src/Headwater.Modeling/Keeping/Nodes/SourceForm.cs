using Headwater.Modeling.Graph;
using Headwater.Modeling.Keeping.Format;

namespace Headwater.Modeling.Keeping.Nodes;

/// <summary>The form of sources' tables.</summary>
internal static class SourceForm
{
    public static void Write(KeptWriter writer, SourceNode node)
    {
        writer.WriteRelationPlace(node.Place);
        writer.Write(node.SourceName);
        writer.WriteOptional(node.Freshness, Write);
        writer.Write(node.LoadedAtField);
        writer.Write(node.LoadedAtQuery);
        writer.Write(node.Loader);
        writer.Write(node.SourceDescription);
    }

    public static SourceNode Read(KeptReader reader, NodeHeader header) =>
        new(header, reader.ReadRelationPlace())
        {
            SourceName = reader.ReadText(),
            Freshness = reader.ReadOptional(ReadFreshness),
            LoadedAtField = reader.ReadOptionalText(),
            LoadedAtQuery = reader.ReadOptionalText(),
            Loader = reader.ReadOptionalText(),
            SourceDescription = reader.ReadOptionalText(),
        };

    private static void Write(KeptWriter writer, SourceFreshness freshness)
    {
        writer.WriteOptional(freshness.WarnAfter, Write);
        writer.WriteOptional(freshness.ErrorAfter, Write);
        writer.Write(freshness.Filter);
    }

    private static SourceFreshness ReadFreshness(KeptReader reader) =>
        new(reader.ReadOptional(ReadAge), reader.ReadOptional(ReadAge), reader.ReadOptionalText());

    private static void Write(KeptWriter writer, FreshnessAge age)
    {
        writer.Write(age.Count);
        writer.Write(age.Period);
    }

    private static FreshnessAge ReadAge(KeptReader reader) => new(reader.ReadNumber(), reader.ReadText());
}

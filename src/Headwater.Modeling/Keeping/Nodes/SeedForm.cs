using Headwater.Modeling.Graph;
using Headwater.Modeling.Keeping.Format;

namespace Headwater.Modeling.Keeping.Nodes;

/// <summary>The form of seeds.</summary>
internal static class SeedForm
{
    public static void Write(KeptWriter writer, SeedNode node)
    {
        writer.WriteRelationPlace(node.Place);
        writer.Write(node.File);
    }

    public static SeedNode Read(KeptReader reader, NodeHeader header) =>
        new(header, reader.ReadRelationPlace()) { File = reader.ReadText() };
}

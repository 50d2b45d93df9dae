using Headwater.Modeling.Graph;
using Headwater.Modeling.Keeping.Format;

namespace Headwater.Modeling.Keeping.Nodes;

/// <summary>The form of snapshots. Their settings are a view over the config.</summary>
internal static class SnapshotForm
{
    public static void Write(KeptWriter writer, SnapshotNode node)
    {
        writer.WriteRelationPlace(node.Place);
        writer.WriteTemplate(node.Template);
        writer.Write(node.RawSql);
    }

    public static SnapshotNode Read(KeptReader reader, NodeHeader header) =>
        new(header, reader.ReadRelationPlace())
        {
            Template = reader.ReadTemplate(),
            RawSql = reader.ReadText(),
            Settings = new SnapshotSettings(header.Config),
        };
}

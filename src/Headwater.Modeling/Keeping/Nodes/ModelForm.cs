using Headwater.Modeling.Graph;
using Headwater.Modeling.Keeping.Format;

namespace Headwater.Modeling.Keeping.Nodes;

/// <summary>The form of models.</summary>
internal static class ModelForm
{
    public static void Write(KeptWriter writer, ModelNode node)
    {
        writer.WriteRelationPlace(node.Place);
        writer.WriteTemplate(node.Template);
        writer.Write(node.RawSql);
        writer.WriteOptional(node.Version, Write);
        writer.Write((long)node.Access);
        writer.Write(node.Constraints, KeptPieces.WriteConstraint);
    }

    public static ModelNode Read(KeptReader reader, NodeHeader header) =>
        new(header, reader.ReadRelationPlace())
        {
            Template = reader.ReadTemplate(),
            RawSql = reader.ReadText(),
            Version = reader.ReadOptional(ReadVersion),
            Access = reader.ReadKind<ModelAccess>(),
            Constraints = reader.ReadList(KeptPieces.ReadConstraint),
        };

    private static void Write(KeptWriter writer, ModelVersion version)
    {
        writer.Write(version.Number);
        writer.Write(version.Latest);
    }

    private static ModelVersion ReadVersion(KeptReader reader) => new(reader.ReadText(), reader.ReadText());
}

using Headwater.Modeling.Graph;
using Headwater.Modeling.Keeping.Format;

namespace Headwater.Modeling.Keeping.Nodes;

/// <summary>The form of tests, singular and generic.</summary>
internal static class TestForm
{
    public static void Write(KeptWriter writer, TestNode node)
    {
        writer.WriteOptional(node.Template, KeptPieces.WriteTemplate);
        writer.WriteOptional(node.Generic, Write);
        writer.Write(node.RawSql);
        writer.WriteRelation(node.FailureRelation);
    }

    public static TestNode Read(KeptReader reader, NodeHeader header) =>
        new(header)
        {
            Template = reader.ReadOptional(KeptPieces.ReadTemplate),
            Generic = reader.ReadOptional(ReadGeneric),
            RawSql = reader.ReadText(),
            FailureRelation = reader.ReadRelation(),
        };

    private static void Write(KeptWriter writer, GenericTest test)
    {
        writer.Write(test.TestName);
        writer.Write(test.MacroPackage);
        writer.Write(test.TargetId);
        writer.Write(test.ColumnName);
        writer.WriteDict(test.Arguments);
    }

    private static GenericTest ReadGeneric(KeptReader reader) =>
        new(
            reader.ReadText(),
            reader.ReadOptionalText(),
            reader.ReadText(),
            reader.ReadOptionalText(),
            reader.ReadDict()
        );
}

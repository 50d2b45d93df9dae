using Headwater.Modeling.Graph;
using Headwater.Modeling.Keeping.Format;

namespace Headwater.Modeling.Keeping.Nodes;

/// <summary>The form of analyses.</summary>
internal static class AnalysisForm
{
    public static void Write(KeptWriter writer, AnalysisNode node)
    {
        writer.WriteTemplate(node.Template);
        writer.Write(node.RawSql);
    }

    public static AnalysisNode Read(KeptReader reader, NodeHeader header) =>
        new(header) { Template = reader.ReadTemplate(), RawSql = reader.ReadText() };
}

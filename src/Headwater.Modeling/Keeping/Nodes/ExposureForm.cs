using Headwater.Modeling.Graph;
using Headwater.Modeling.Keeping.Format;

namespace Headwater.Modeling.Keeping.Nodes;

/// <summary>The form of exposures.</summary>
internal static class ExposureForm
{
    public static void Write(KeptWriter writer, ExposureNode node)
    {
        writer.Write(node.Label);
        writer.Write(node.Kind);
        writer.Write(node.Url);
        writer.Write(node.Maturity);
        writer.WriteOwner(node.Owner);
    }

    public static ExposureNode Read(KeptReader reader, NodeHeader header) =>
        new(header)
        {
            Label = reader.ReadOptionalText(),
            Kind = reader.ReadText(),
            Url = reader.ReadOptionalText(),
            Maturity = reader.ReadOptionalText(),
            Owner = reader.ReadOwner(),
        };
}

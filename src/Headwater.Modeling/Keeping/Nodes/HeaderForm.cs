using Headwater.Modeling.Graph;
using Headwater.Modeling.Keeping.Format;

namespace Headwater.Modeling.Keeping.Nodes;

/// <summary>The form of what every node has.</summary>
internal static class HeaderForm
{
    public static void Write(KeptWriter writer, NodeHeader header)
    {
        writer.Write(header.UniqueId);
        writer.Write(header.Name);
        writer.Write(header.Package);
        writer.WritePlace(header.Location);
        writer.Write(header.Path);
        writer.Write(header.Fqn);
        writer.Write(header.Description);
        writer.WriteDict(header.Config.Values);
        writer.Write(header.Columns, Write);
        writer.Write(header.PropertiesFile);
        writer.Write(header.DependsOn);
    }

    public static NodeHeader Read(KeptReader reader) =>
        new()
        {
            UniqueId = reader.ReadText(),
            Name = reader.ReadText(),
            Package = reader.ReadText(),
            Location = reader.ReadPlace(),
            Path = reader.ReadText(),
            Fqn = reader.ReadTexts(),
            Description = reader.ReadOptionalText(),
            Config = new NodeConfig(reader.ReadDict()),
            Columns = reader.ReadList(ReadColumn),
            PropertiesFile = reader.ReadOptionalText(),
            DependsOn = reader.ReadTexts(),
        };

    private static void Write(KeptWriter writer, ColumnInfo column)
    {
        writer.Write(column.Name);
        writer.Write(column.Description);
        writer.Write(column.DataType);
        writer.Write(column.Tags);
        writer.WriteDict(column.Meta);
        writer.WriteValue(column.Quote);
        writer.Write(column.Constraints, KeptPieces.WriteConstraint);
    }

    private static ColumnInfo ReadColumn(KeptReader reader) =>
        new(
            reader.ReadText(),
            reader.ReadOptionalText(),
            reader.ReadOptionalText(),
            reader.ReadTexts(),
            reader.ReadDict()
        )
        {
            Quote = reader.ReadValue() as bool?,
            Constraints = reader.ReadList(KeptPieces.ReadConstraint),
        };
}

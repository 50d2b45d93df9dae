using Headwater.Modeling.Graph;
using Headwater.Modeling.Keeping.Format;

namespace Headwater.Modeling.Keeping.Nodes;

/// <summary>The forms of groups and of blocks of documentation.</summary>
internal static class GroupForm
{
    public static void Write(KeptWriter writer, GroupDefinition group)
    {
        writer.Write(group.Name);
        writer.Write(group.Package);
        writer.WriteOwner(group.Owner);
        writer.WritePlace(group.Location);
        writer.Write(group.Path);
        writer.Write(group.Description);
    }

    public static GroupDefinition Read(KeptReader reader) =>
        new(reader.ReadText(), reader.ReadText(), reader.ReadOwner(), reader.ReadPlace())
        {
            Path = reader.ReadText(),
            Description = reader.ReadOptionalText(),
        };

    public static void Write(KeptWriter writer, DocBlock block)
    {
        writer.Write(block.Name);
        writer.Write(block.Package);
        writer.Write(block.Path);
        writer.Write(block.Text);
    }

    public static DocBlock ReadDoc(KeptReader reader) =>
        new(reader.ReadText(), reader.ReadText(), reader.ReadText(), reader.ReadText());
}

using Headwater.Jinja.Parsing;
using Headwater.Modeling.Graph;
using Headwater.Modeling.Keeping.Format;
using Headwater.Modeling.Parsing;

namespace Headwater.Modeling.Keeping.Nodes;

/// <summary>The form of macros: the files that they are in, each with the names of its macros.</summary>
internal static class MacroForm
{
    public static void WriteAll(KeptWriter writer, IEnumerable<MacroEntry> macros) =>
        writer.Write(
            [
                .. macros.GroupBy(
                    macro => macro.Template,
                    ReferenceEqualityComparer.Instance as IEqualityComparer<JinjaTemplate>
                ),
            ],
            WriteFile
        );

    /// <summary>The macros in the order in which they were written.</summary>
    public static IReadOnlyList<MacroEntry> ReadAll(KeptReader reader) =>
        [.. reader.ReadList(ReadFile).SelectMany(macros => macros)];

    public static void Write(KeptWriter writer, MacroProperties macro)
    {
        writer.Write(macro.Name);
        writer.Write(macro.Package);
        writer.Write(macro.Path);
        writer.Write(macro.Description);
        writer.Write(macro.Arguments, WriteArgument);
        writer.WriteDict(macro.Meta);
        writer.Write(macro.IsShown);
    }

    public static MacroProperties ReadProperties(KeptReader reader) =>
        new(
            reader.ReadText(),
            reader.ReadText(),
            reader.ReadText(),
            reader.ReadText(),
            reader.ReadList(ReadArgument),
            reader.ReadDict(),
            reader.ReadFlag()
        );

    private static void WriteFile(KeptWriter writer, IGrouping<JinjaTemplate, MacroEntry> file)
    {
        writer.WriteTemplate(file.Key);
        writer.Write(
            [.. file],
            static (to, macro) =>
            {
                to.Write(macro.Name);
                to.Write(macro.Package);
                to.Write((long)macro.Index);
                to.Write(macro.IsBuiltIn);
            }
        );
    }

    private static MacroEntry[] ReadFile(KeptReader reader)
    {
        var template = reader.ReadTemplate();
        return reader.ReadList(from => new MacroEntry(
            from.ReadText(),
            from.ReadText(),
            template,
            from.ReadInteger() is >= 0 and var index ? index : throw KeptReader.Damaged(),
            from.ReadFlag()
        ));
    }

    private static void WriteArgument(KeptWriter writer, MacroArgument argument)
    {
        writer.Write(argument.Name);
        writer.Write(argument.Type);
        writer.Write(argument.Description);
    }

    private static MacroArgument ReadArgument(KeptReader reader) =>
        new(reader.ReadText(), reader.ReadOptionalText(), reader.ReadText());
}

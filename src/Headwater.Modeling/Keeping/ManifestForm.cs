using Headwater.Kernel.Diagnostics;
using Headwater.Modeling.Graph;
using Headwater.Modeling.Keeping.Format;
using Headwater.Modeling.Keeping.Nodes;
using Headwater.Modeling.Parsing;

namespace Headwater.Modeling.Keeping;

/// <summary>What a parse gave, as far as it comes from what is kept: the rest is made of the project file anew.</summary>
/// <param name="Said">What templates logged while they were parsed, by node.</param>
internal sealed record ParseOutcome(
    DateTimeOffset ParsedAt,
    IReadOnlyList<MacroEntry> Macros,
    IReadOnlyList<DocBlock> Docs,
    IReadOnlyList<ManifestNode> Nodes,
    IReadOnlyList<ManifestNode> Disabled,
    IReadOnlyList<MacroProperties> MacroProperties,
    IReadOnlyList<GroupDefinition> Groups,
    IReadOnlyList<SelectorDefinition> Selectors,
    IReadOnlyList<Diagnostic> Diagnostics,
    IReadOnlyList<(string Node, string Text)> Said
);

/// <summary>The form of what a parse gave.</summary>
internal static class ManifestForm
{
    /// <exception cref="NotKeepableException">It holds what has no form.</exception>
    public static byte[] Write(ParseOutcome outcome)
    {
        var writer = new KeptWriter();
        writer.Write(outcome.ParsedAt.UtcTicks);
        MacroForm.WriteAll(writer, outcome.Macros);
        writer.Write(outcome.Docs, GroupForm.Write);
        writer.Write(outcome.Nodes, NodeForm.Write);
        writer.Write(outcome.Disabled, NodeForm.Write);
        writer.Write(outcome.MacroProperties, MacroForm.Write);
        writer.Write(outcome.Groups, GroupForm.Write);
        writer.Write(outcome.Selectors, SelectorForm.Write);
        writer.Write(outcome.Diagnostics, KeptPieces.WriteDiagnostic);
        writer.Write(
            outcome.Said,
            static (to, line) =>
            {
                to.Write(line.Node);
                to.Write(line.Text);
            }
        );
        return writer.ToBytes();
    }

    /// <exception cref="InvalidDataException">The bytes hold no parse.</exception>
    public static ParseOutcome Read(ReadOnlyMemory<byte> bytes)
    {
        var reader = new KeptReader(bytes);
        var ticks = reader.ReadNumber();
        if (ticks < 0 || ticks > DateTimeOffset.MaxValue.UtcTicks)
        {
            throw KeptReader.Damaged();
        }

        var outcome = new ParseOutcome(
            new DateTimeOffset(ticks, TimeSpan.Zero),
            MacroForm.ReadAll(reader),
            reader.ReadList(GroupForm.ReadDoc),
            reader.ReadList(NodeForm.Read),
            reader.ReadList(NodeForm.Read),
            reader.ReadList(MacroForm.ReadProperties),
            reader.ReadList(GroupForm.Read),
            reader.ReadList(SelectorForm.Read),
            reader.ReadList(KeptPieces.ReadDiagnostic),
            reader.ReadList(from => (from.ReadText(), from.ReadText()))
        );
        return reader.IsAtEnd ? outcome : throw KeptReader.Damaged();
    }
}

using Headwater.Modeling.Graph;
using Headwater.Modeling.Keeping.Format;
using Headwater.Modeling.Selection;

namespace Headwater.Modeling.Keeping.Nodes;

/// <summary>The form of named selections.</summary>
internal static class SelectorForm
{
    // Deeper than YAML may be.
    private const int MaxDepth = 100;

    private enum Kind
    {
        Text,
        Method,
        Reference,
        Union,
        Intersection,
    }

    public static void Write(KeptWriter writer, SelectorDefinition selector)
    {
        writer.Write(selector.Name);
        writer.Write(selector.Description);
        writer.Write(selector.IsDefault);
        Write(writer, selector.Definition);
        writer.WritePlace(selector.Location);
    }

    public static SelectorDefinition Read(KeptReader reader) =>
        new(reader.ReadText(), reader.ReadOptionalText(), reader.ReadFlag(), ReadTerm(reader, 0), reader.ReadPlace());

    private static void Write(KeptWriter writer, SelectorTerm term)
    {
        switch (term)
        {
            case SelectorText text:
                writer.Write((long)Kind.Text);
                writer.Write(text.Text);
                break;
            case SelectorMethod method:
                writer.Write((long)Kind.Method);
                writer.Write(method.Method);
                writer.Write(method.Value);
                writer.WriteValue((long?)method.ParentSteps);
                writer.WriteValue((long?)method.ChildSteps);
                writer.Write(method.ChildrensParents);
                writer.Write(method.Indirect is { } mode ? (long)mode + 1 : 0);
                break;
            case SelectorReference reference:
                writer.Write((long)Kind.Reference);
                writer.Write(reference.Name);
                break;
            case SelectorUnion union:
                writer.Write((long)Kind.Union);
                writer.Write(union.Parts, Write);
                writer.Write(union.Exclude, Write);
                break;
            case SelectorIntersection intersection:
                writer.Write((long)Kind.Intersection);
                writer.Write(intersection.Parts, Write);
                writer.Write(intersection.Exclude, Write);
                break;
            default:
                throw new NotKeepableException($"a selection is {term.GetType().Name}");
        }
    }

    private static SelectorTerm ReadTerm(KeptReader reader, int depth)
    {
        if (depth > MaxDepth)
        {
            throw KeptReader.Damaged();
        }

        return reader.ReadKind<Kind>() switch
        {
            Kind.Text => new SelectorText(reader.ReadText()),
            Kind.Method => new SelectorMethod(
                reader.ReadText(),
                reader.ReadText(),
                Steps(reader),
                Steps(reader),
                reader.ReadFlag()
            )
            {
                Indirect = Mode(reader),
            },
            Kind.Reference => new SelectorReference(reader.ReadText()),
            Kind.Union => new SelectorUnion(Terms(reader, depth), Terms(reader, depth)),
            _ => new SelectorIntersection(Terms(reader, depth), Terms(reader, depth)),
        };
    }

    private static SelectorTerm[] Terms(KeptReader reader, int depth) =>
        reader.ReadList(from => ReadTerm(from, depth + 1));

    private static int? Steps(KeptReader reader) =>
        reader.ReadValue() switch
        {
            null => null,
            long steps and >= 0 and <= int.MaxValue => (int)steps,
            _ => throw KeptReader.Damaged(),
        };

    private static IndirectSelection? Mode(KeptReader reader) =>
        reader.ReadInteger() switch
        {
            0 => null,
            var mode when Enum.IsDefined((IndirectSelection)(mode - 1)) => (IndirectSelection)(mode - 1),
            _ => throw KeptReader.Damaged(),
        };
}

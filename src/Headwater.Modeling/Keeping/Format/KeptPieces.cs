using Headwater.Jinja.Parsing;
using Headwater.Jinja.Syntax;
using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Names;
using Headwater.Modeling.Graph;
using Headwater.Modeling.Parsing;

namespace Headwater.Modeling.Keeping.Format;

/// <summary>The forms of what several kinds of nodes consist of.</summary>
internal static class KeptPieces
{
    public static void WritePlace(this KeptWriter writer, SourceLocation place)
    {
        writer.Write(place.File);
        writer.Write((long)place.Line);
        writer.Write((long)place.Column);
    }

    public static SourceLocation ReadPlace(this KeptReader reader) =>
        new(reader.ReadText(), reader.ReadInteger(), reader.ReadInteger());

    public static void WriteTemplate(this KeptWriter writer, JinjaTemplate template)
    {
        writer.Write(template.File);
        writer.Write(template.Source);
        writer.Write((long)template.Start.Line);
        writer.Write((long)template.Start.Column);
        writer.Write(template.Block is { } block ? block + 1L : 0);
    }

    /// <summary>The template, to be parsed when it is used: that its text is one is known.</summary>
    public static JinjaTemplate ReadTemplate(this KeptReader reader)
    {
        var file = reader.ReadText();
        var text = reader.ReadText();
        var start = new Position(reader.ReadInteger(), reader.ReadInteger());
        var template = TemplateCache.Environment.ParseLater(text, file, start);
        return reader.ReadInteger() is > 0 and var block ? template.Within(block - 1) : template;
    }

    public static void WriteRelation(this KeptWriter writer, RelationName name)
    {
        writer.Write(name.Schema);
        writer.Write(name.Name);
    }

    public static RelationName ReadRelation(this KeptReader reader) => new(reader.ReadText(), reader.ReadText());

    public static void WriteRelationPlace(this KeptWriter writer, RelationPlace place)
    {
        writer.WriteRelation(place.Name);
        writer.Write(place.Database);
        writer.Write(place.Quoting.Database);
        writer.Write(place.Quoting.Schema);
        writer.Write(place.Quoting.Identifier);
    }

    public static RelationPlace ReadRelationPlace(this KeptReader reader) =>
        new(
            reader.ReadRelation(),
            reader.ReadOptionalText(),
            new QuotingPolicy(reader.ReadFlag(), reader.ReadFlag(), reader.ReadFlag())
        );

    public static void WriteConstraint(this KeptWriter writer, NodeConstraint constraint)
    {
        writer.Write((long)constraint.Kind);
        writer.Write(constraint.Name);
        writer.Write(constraint.Expression);
        writer.Write(constraint.Columns);
        writer.Write(constraint.To);
        writer.Write(constraint.ToColumns);
    }

    public static NodeConstraint ReadConstraint(this KeptReader reader) =>
        new(
            reader.ReadKind<ConstraintKind>(),
            reader.ReadOptionalText(),
            reader.ReadOptionalText(),
            reader.ReadTexts(),
            reader.ReadOptionalText(),
            reader.ReadTexts()
        );

    public static void WriteOwner(this KeptWriter writer, NodeOwner owner)
    {
        writer.Write(owner.Name);
        writer.Write(owner.Email);
    }

    public static NodeOwner ReadOwner(this KeptReader reader) =>
        new(reader.ReadOptionalText(), reader.ReadOptionalText());

    public static void WriteDiagnostic(this KeptWriter writer, Diagnostic diagnostic)
    {
        var kind = diagnostic.Descriptor;
        writer.Write(kind.Code);
        writer.Write((long)kind.Severity);
        writer.Write((long)kind.Audience);
        writer.Write(kind.Format);
        writer.Write(kind.Hint);
        writer.Write(diagnostic.Message);
        writer.WriteOptional(diagnostic.Location, WritePlace);
        writer.Write(diagnostic.Hint);
    }

    public static Diagnostic ReadDiagnostic(this KeptReader reader) =>
        new(
            new DiagnosticDescriptor(
                reader.ReadText(),
                reader.ReadKind<Severity>(),
                reader.ReadKind<Audience>(),
                reader.ReadText(),
                reader.ReadOptionalText()
            ),
            reader.ReadText(),
            reader.ReadOptional(ReadPlace),
            reader.ReadOptionalText()
        );
}

using Headwater.Jinja.Syntax;
using Headwater.Kernel.Diagnostics;
using Headwater.Modeling.Graph;
using Headwater.Modeling.Keeping.Format;
using Headwater.Modeling.Parsing;

namespace Headwater.Modeling.Keeping;

/// <summary>A model whose text is another than when the project was parsed, and of which a parse would know nothing else than it did.</summary>
internal sealed record ModelEdit(string NodeId, string Text)
{
    /// <summary>The model with its text of now.</summary>
    public ModelNode Of(ModelNode model) =>
        model with
        {
            RawSql = Text,
            Template = TemplateCache.Environment.ParseLater(Text, model.Template.File, new Position(1, 1)),
        };
}

/// <summary>The form of edits.</summary>
internal static class EditForm
{
    public static byte[] Write(IReadOnlyList<ModelEdit> edits)
    {
        var writer = new KeptWriter();
        writer.Write(
            edits,
            static (to, edit) =>
            {
                to.Write(edit.NodeId);
                to.Write(edit.Text);
            }
        );
        return writer.ToBytes();
    }

    public static IReadOnlyList<ModelEdit> Read(ReadOnlyMemory<byte> bytes) =>
        new KeptReader(bytes).ReadList(from => new ModelEdit(from.ReadText(), from.ReadText()));
}

/// <summary>
/// Reads models that were edited. All that a parse knows of a model's text is what its first rendering finds: where that starts from the same config and finds the same,
/// the rest of the parse stays as it is.
/// </summary>
internal sealed class ModelEditReader(Manifest manifest, ParseOutcome outcome)
{
    /// <summary>The edit; null if more than the text changes by it, or there is something to say of it.</summary>
    public ModelEdit? Read(string id, Exploration before)
    {
        var package = manifest.Project.Packages.FirstOrDefault(item =>
            manifest.Nodes.GetValueOrDefault(id)?.Package == item.Name
        );
        if (
            package is null
            || manifest.Nodes[id] is not ModelNode model
            || outcome.Diagnostics.Any(diagnostic => diagnostic.Location?.File == model.Template.File)
            || outcome.Said.Any(line => line.Node == id)
            || package.ReadText(before.File) is not { } text
        )
        {
            return null;
        }

        var problems = new DiagnosticBag();
        var (speaks, readsMoment) = (false, false);
        var project = manifest.Parsed with
        {
            Warn = problems.Add,
            Log = (_, _) => speaks = true,
            MomentRead = () => readsMoment = true,
        };
        if (project.Templates.TryParse(text, model.Template.File, problems) is not { } template)
        {
            return null;
        }

        var draft = new NodeDraft
        {
            ResourceType = "model",
            Name = model.Name,
            Package = model.Package,
            Location = model.Location,
            Path = model.Path,
            Fqn = model.Fqn,
            Config = before.Before,
            UniqueIdSuffix = model.Version is { } version ? $".v{version.Number}" : null,
            Template = template,
            RawSql = text,
        };
        var asksForMore = new Explorer(project, problems).Explore(
            draft,
            (context, session) => session.Render(template, context.Names)
        );
        new MacroCallCheck(project, problems).Check(template, model.Package);
        return
            !asksForMore
            && !speaks
            && (!readsMoment || before.ReadsMoment)
            && problems.Count == 0
            && IsSame(draft, before)
            ? new ModelEdit(id, text)
            : null;
    }

    private static bool IsSame(NodeDraft now, Exploration before)
    {
        try
        {
            return ExplorationForm
                .Found(now.Config, now.Refs)
                .AsSpan()
                .SequenceEqual(ExplorationForm.Found(before.After, before.Refs));
        }
        catch (NotKeepableException)
        {
            return false;
        }
    }
}

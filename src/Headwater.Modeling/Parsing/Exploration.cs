using Headwater.Jinja;
using Headwater.Jinja.Evaluation;
using Headwater.Jinja.Values;
using Headwater.Kernel.Diagnostics;
using Headwater.Modeling.Rendering;

namespace Headwater.Modeling.Parsing;

/// <summary>What the first rendering of a model's text started from, and what it found: all that the rest of a parse knows of the text.</summary>
/// <param name="File">Absolute path of the file.</param>
/// <param name="Before">The config as files settle it.</param>
/// <param name="After">The same with what the text says of it.</param>
/// <param name="Refs">What the text reads, in order.</param>
/// <param name="ReadsMoment">Whether the text asks for the time, or for what else is of its invocation alone: another rendering may find something else.</param>
internal sealed record Exploration(
    string File,
    JinjaDict Before,
    JinjaDict After,
    IReadOnlyList<RefCall> Refs,
    bool ReadsMoment
)
{
    /// <summary>A copy that shares nothing that a template could change.</summary>
    public static JinjaDict Copied(JinjaDict values)
    {
        var copy = new JinjaDict();
        foreach (var (key, value) in values.Items)
        {
            copy[key] = Copied(value);
        }

        return copy;
    }

    private static object? Copied(object? value) =>
        value switch
        {
            JinjaDict dict => Copied(dict),
            JinjaList list => new JinjaList(list.Items.Select(Copied)),
            _ => value,
        };
}

/// <summary>Renders drafts once with <c>execute</c> false, to record their config and what they read.</summary>
internal sealed class Explorer(ParsedProject project, DiagnosticBag diagnostics)
{
    /// <summary>Renders a draft.</summary>
    /// <returns>True if it asked for what else is known of its node, so that config and text alone do not tell what it found.</returns>
    public bool Explore(NodeDraft draft, Func<RenderContext, JinjaSession, object?> render)
    {
        var model = new Lazy<JinjaDict>(() => NodeModels.Of(draft, project.Catalog, project.Schema, draft.Name));
        var context = new RenderContext(
            project,
            new RefRecorder(draft, project),
            new RenderedNode(
                draft.UniqueId,
                draft.Name,
                draft.Package,
                new ConfigObject(draft.Config, new JinjaDict()),
                new RelationObject(project.Catalog, project.Schema, draft.Name, "table", project.Dialect),
                model
            ),
            null
        );
        try
        {
            render(context, new JinjaSession(TemplateCache.Environment, Limits.Parsing, CancellationToken.None));
        }
        catch (DiagnosticException failure)
        {
            diagnostics.AddRange(failure.Diagnostics);
        }

        return model.IsValueCreated;
    }
}

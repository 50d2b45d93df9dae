using Headwater.Jinja.Evaluation;
using Headwater.Jinja.Values;
using Headwater.Modeling.Rendering;

namespace Headwater.Modeling.Parsing;

/// <summary>Calls of the macros that name the relation of one draft, a project's own or the built-in ones. For one thread.</summary>
/// <param name="schema">The schema that the node is shown with.</param>
/// <param name="alias">The alias that the node is shown with; null for its name.</param>
/// <param name="isBuiltIn">True if no package has naming macros of its own.</param>
internal sealed class NamingCalls(ParsedProject project, NodeDraft draft, string schema, string? alias, bool isBuiltIn)
{
    private readonly Lazy<JinjaDict> _model = new(() => NodeModels.Of(draft, project.Catalog, schema, alias));
    private RenderContext? _context;

    /// <param name="macro">The macro's name.</param>
    /// <param name="custom">What the node's config says; null if nothing.</param>
    /// <exception cref="Kernel.Diagnostics.DiagnosticException">The macro failed.</exception>
    public string Invoke(string macro, string? custom)
    {
        _context ??= Context();
        var entry = project.Macros.Find(macro, project.Folder.Name, project.Folder.Name)!;
        var node = isBuiltIn ? Named() : _model.Value;
        var session = new JinjaSession(TemplateCache.Environment, Limits.Parsing, CancellationToken.None);
        return Text.Str(session.Invoke(_context.Bind(entry)!, Arguments.Of(custom, node))).Trim();
    }

    // All that the built-in macros look at, and much cheaper than the whole.
    private JinjaDict Named() =>
        new([
            KeyValuePair.Create("name", (object?)draft.Name),
            KeyValuePair.Create("version", (object?)draft.Version?.Number),
        ]);

    private RenderContext Context() =>
        new(
            project,
            new RefRecorder(draft, project),
            new RenderedNode(
                draft.UniqueId,
                draft.Name,
                project.Folder.Name,
                new ConfigObject(draft.Config, null),
                null,
                _model
            ),
            null
        );
}

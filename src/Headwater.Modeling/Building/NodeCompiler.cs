using Headwater.Jinja;
using Headwater.Jinja.Evaluation;
using Headwater.Jinja.Values;
using Headwater.Kernel.Diagnostics;
using Headwater.Modeling.Graph;
using Headwater.Modeling.Parsing;
using Headwater.Modeling.Rendering;
using Headwater.Modeling.Testing;

namespace Headwater.Modeling.Building;

/// <summary>SQL that a node compiles to.</summary>
/// <param name="Sql">The SQL, ephemeral models included.</param>
/// <param name="AskedDatabase">True if a template read the database, so that the text may differ later.</param>
internal sealed record CompiledSql(string Sql, bool AskedDatabase);

/// <summary>Renders nodes with <c>execute</c> true. For one thread.</summary>
internal sealed class NodeCompiler(
    Manifest manifest,
    ParsedProject project,
    StatementRunner database,
    CancellationToken cancellationToken
)
{
    /// <summary>True if the last compilation, also one that failed, asked the database.</summary>
    public bool AskedDatabase => database.WasUsed;

    /// <summary>Compiles a model or test.</summary>
    /// <exception cref="DiagnosticException">The template failed.</exception>
    public CompiledSql Compile(ManifestNode node)
    {
        database.Forget();
        var ephemeral = new List<ModelNode>();
        var sql = Render(node, ephemeral);
        var parts = new List<(string Name, string Sql)>();
        // Rendering an ephemeral model can find more of them: those come first.
        var pending = new List<ModelNode>(ephemeral);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        AddEphemeral(pending, parts, seen);
        return new CompiledSql(CteInjection.Inject(sql, parts), database.WasUsed);
    }

    /// <summary>Renders SQL that belongs to a node, such as a hook.</summary>
    public string RenderText(string text, SourceLocation location, ManifestNode node)
    {
        var template = project.Templates.Parse(
            text,
            location.File,
            new Jinja.Syntax.Position(Math.Max(1, location.Line), Math.Max(1, location.Column))
        );
        return Session().Render(template, Context(node, []).Names);
    }

    /// <summary>Renders SQL that belongs to no node.</summary>
    public string RenderText(HookText hook)
    {
        var context = new RenderContext(
            project,
            new BuildRefs(manifest, project, hook.Package, []),
            new RenderedNode(
                "",
                hook.Package,
                hook.Package,
                new ConfigObject(new JinjaDict(), null),
                null,
                new JinjaDict()
            ),
            database
        );
        var start = new Jinja.Syntax.Position(Math.Max(1, hook.Location.Line), Math.Max(1, hook.Location.Column));
        return Session().Render(project.Templates.Parse(hook.Sql, hook.Location.File, start), context.Names);
    }

    private void AddEphemeral(
        IEnumerable<ModelNode> models,
        List<(string Name, string Sql)> parts,
        HashSet<string> seen
    )
    {
        foreach (var model in models)
        {
            if (!seen.Add(model.UniqueId))
            {
                continue;
            }

            var inner = new List<ModelNode>();
            var sql = Render(model, inner);
            AddEphemeral(inner, parts, seen);
            parts.Add((BuildRefs.CteName(model), sql));
        }
    }

    private string Render(ManifestNode node, List<ModelNode> ephemeral)
    {
        var context = Context(node, ephemeral);
        return node switch
        {
            ModelNode model => Session().Render(model.Template, context.Names),
            SnapshotNode snapshot => Session().Render(snapshot.Template, context.Names),
            AnalysisNode analysis => Session().Render(analysis.Template, context.Names),
            TestNode { Template: { } template } => Session().Render(template, context.Names),
            TestNode { Generic: { } generic } => GenericTestCall.Render(
                project,
                generic,
                context,
                Session(),
                Target(generic, node.Package, ephemeral)
            ),
            _ => throw new InvalidOperationException($"{node.UniqueId} has no SQL."),
        };
    }

    private RelationObject Target(GenericTest test, string package, List<ModelNode> ephemeral) =>
        new BuildRefs(manifest, project, package, ephemeral).Relation((RelationNode)manifest.Nodes[test.TargetId]);

    private RenderContext Context(ManifestNode node, List<ModelNode> ephemeral)
    {
        var self = node as RelationNode;
        return new RenderContext(
            project,
            new BuildRefs(manifest, project, node.Package, ephemeral),
            new RenderedNode(
                node.UniqueId,
                node.Name,
                node.Package,
                new ConfigObject(node.Config.Values, null),
                self is null ? null : RelationObject.Of(self, project.Catalog, project.Dialect),
                NodeModels.Of(node, project.Catalog)
            ),
            database
        );
    }

    private JinjaSession Session() => new(TemplateCache.Environment, Limits.Building, cancellationToken);
}

using Headwater.Jinja;
using Headwater.Jinja.Evaluation;
using Headwater.Jinja.Values;
using Headwater.Kernel.Diagnostics;
using Headwater.Kernel.Names;
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
    CancellationToken cancellationToken,
    CompileScope? scope = null
)
{
    /// <summary>True if the last compilation, also one that failed, asked the database.</summary>
    public bool AskedDatabase => database.WasUsed;

    /// <summary>Compiles whatever has SQL.</summary>
    /// <exception cref="DiagnosticException">The template failed.</exception>
    public CompiledSql Compile(ManifestNode node) => Compile(node, scope ?? CompileScope.Build);

    /// <summary>Compiles a node as one scope sees it.</summary>
    /// <exception cref="DiagnosticException">The template failed.</exception>
    public CompiledSql Compile(ManifestNode node, CompileScope seen)
    {
        database.Forget();
        var ephemeral = new List<ModelNode>();
        var sql = Render(node, ephemeral, seen);
        var parts = new List<(string Name, string Sql)>();
        // Rendering an ephemeral model can find more of them: those come first.
        var pending = new List<ModelNode>(ephemeral);
        var done = new HashSet<string>(StringComparer.Ordinal);
        AddEphemeral(pending, parts, done, seen);
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
        return Session().Render(template, Context(node, [], CompileScope.Build).Names);
    }

    /// <summary>Renders the comment that stands at the statements of a node.</summary>
    public string RenderComment(QueryComment comment, ManifestNode node)
    {
        var context = Context(node, [], CompileScope.Build);
        context.Add("node", NodeModels.Of(node, manifest, project));
        context.Add("connection_name", node.UniqueId);
        return Session().Render(project.Templates.Parse(comment.Template, "dbt_project.yml"), context.Names);
    }

    /// <summary>Renders SQL that belongs to no node.</summary>
    /// <param name="hook">The hook.</param>
    /// <param name="members">More names that it sees.</param>
    public string RenderText(HookText hook, IReadOnlyList<(string Name, object? Value)> members)
    {
        var context = ProjectContext(hook.Package);
        foreach (var (name, value) in members)
        {
            context.Add(name, value);
        }

        var start = new Jinja.Syntax.Position(Math.Max(1, hook.Location.Line), Math.Max(1, hook.Location.Column));
        return Session().Render(project.Templates.Parse(hook.Sql, hook.Location.File, start), context.Names);
    }

    /// <summary>Calls a macro for a node and gives what it returns or prints.</summary>
    /// <exception cref="DiagnosticException">There is no such macro, or it failed.</exception>
    public string Invoke(ManifestNode node, string macro, params object?[] arguments)
    {
        var context = Context(node, [], CompileScope.Build);
        var found =
            context.FindMacro(macro, node.Package)
            ?? throw ModelingDiagnostics.UnknownMacro.At(node.Location, macro).ToException();
        return Text.Str(Session().Invoke(found, Arguments.Of(arguments)));
    }

    /// <summary>Calls a macro for no node, as <c>run-operation</c> does.</summary>
    /// <exception cref="DiagnosticException">There is no such macro, or it failed.</exception>
    public object? Operate(string macro, JinjaDict arguments)
    {
        var (package, name) = macro.Split('.', 2) is [var first, var second]
            ? (first, second)
            : (project.Folder.Name, macro);
        var context = ProjectContext(package);
        var found =
            context.FindMacro(name, package)
            ?? throw (
                ModelingDiagnostics.UnknownMacro.With(macro) with
                {
                    Hint = NearestName.Hint(name, [.. project.Macros.Callable(package)]),
                }
            ).ToException();
        return Session().Invoke(found, new Arguments([], Keywords(arguments)));
    }

    /// <summary>What templates of a node see, for those that run them otherwise.</summary>
    public RenderContext Context(ManifestNode node, List<ModelNode> ephemeral, CompileScope scope)
    {
        var seen = scope.IsNeutral
            ? project with
            {
                StartedAt = DateTimeOffset.UnixEpoch,
                InvocationId = "",
                Flags = new JinjaDict(),
            }
            : project;
        var context = new RenderContext(
            seen,
            new BuildRefs(manifest, project, node.Package, ephemeral, scope),
            new RenderedNode(
                node.UniqueId,
                node.Name,
                node.Package,
                new ConfigObject(node.Config.Values, null),
                This(node, scope),
                new Lazy<JinjaDict>(() => Model(node, scope))
            ),
            scope.IsNeutral ? null : database
        )
        {
            MacroValues = scope.Macros,
        };
        Override(context, "var", scope.Variables);
        Override(context, "env_var", scope.Environment);
        return context;
    }

    private JinjaDict Model(ManifestNode node, CompileScope scope)
    {
        var model = NodeModels.Of(node, manifest, project);
        if (scope.Batch is { } batch)
        {
            model["batch"] = new JinjaDict([
                KeyValuePair.Create("id", (object?)batch.Id),
                KeyValuePair.Create("event_time_start", (object?)batch.Start),
                KeyValuePair.Create("event_time_end", (object?)batch.End),
            ]);
        }

        return model;
    }

    public JinjaSession Session() => new(TemplateCache.Environment, Limits.Building, cancellationToken);

    private static Dictionary<string, object?> Keywords(JinjaDict arguments)
    {
        var keywords = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (key, value) in arguments.Items)
        {
            keywords[Text.Str(key)] = value;
        }

        return keywords;
    }

    private static void Override(RenderContext context, string function, JinjaDict values)
    {
        if (values.Items.Any() && context.TryGetMember(function, out var original))
        {
            context.Add(function, new OverridingFunction((Jinja.Values.IJinjaCallable)original!, values));
        }
    }

    private RelationObject? This(ManifestNode node, CompileScope scope) =>
        node switch
        {
            RelationNode relation => RelationObject.Of(relation, project.Catalog, project.Dialect) with
            {
                Inline = scope.This,
            },
            TestNode test => RelationObject.Of(test.FailureRelation, project.Catalog, project.Dialect),
            _ => null,
        };

    private RenderContext ProjectContext(string package) =>
        new(
            project,
            new BuildRefs(manifest, project, package, [], CompileScope.Build),
            new RenderedNode("", package, package, new ConfigObject(new JinjaDict(), null), null, RenderedNode.NoModel),
            database
        );

    private void AddEphemeral(
        IEnumerable<ModelNode> models,
        List<(string Name, string Sql)> parts,
        HashSet<string> seen,
        CompileScope scope
    )
    {
        foreach (var model in models)
        {
            if (!seen.Add(model.UniqueId))
            {
                continue;
            }

            var inner = new List<ModelNode>();
            var sql = Render(model, inner, scope);
            AddEphemeral(inner, parts, seen, scope);
            parts.Add((BuildRefs.CteName(model), sql));
        }
    }

    private string Render(ManifestNode node, List<ModelNode> ephemeral, CompileScope scope)
    {
        var context = Context(node, ephemeral, scope);
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
                new BuildRefs(manifest, project, node.Package, ephemeral, scope).Relation(
                    (RelationNode)manifest.Nodes[generic.TargetId]
                )
            ),
            _ => throw new InvalidOperationException($"{node.UniqueId} has no SQL."),
        };
    }
}

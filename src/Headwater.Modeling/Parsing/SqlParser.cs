using Headwater.Jinja;
using Headwater.Jinja.Evaluation;
using Headwater.Jinja.Values;
using Headwater.Kernel.Diagnostics;
using Headwater.Modeling.Rendering;
using Headwater.Project.Packages;

namespace Headwater.Modeling.Parsing;

/// <summary>Reads models and singular tests: parses each file and renders it once with <c>execute</c> false, to learn its config and what it reads.</summary>
internal sealed class SqlParser(ParsedProject project, DraftFactory drafts, DiagnosticBag diagnostics)
{
    public IEnumerable<NodeDraft> Models(
        ProjectPackage package,
        ILookup<(string Kind, string Name), NodePatch> patches
    ) =>
        PackageFile
            .All(package, "model-paths", "models", ".sql")
            .AsParallel()
            .AsOrdered()
            .Select(file =>
            {
                var patch = patches[("model", file.Name)].FirstOrDefault(item => item.Package == package.Name);
                return Read(
                    package,
                    file,
                    "model",
                    patch,
                    new JinjaDict([KeyValuePair.Create("materialized", (object?)"view")]),
                    "models"
                );
            })
            .OfType<NodeDraft>()
            .ToList();

    public IEnumerable<NodeDraft> SingularTests(ProjectPackage package) =>
        PackageFile
            .All(package, "test-paths", "tests", ".sql")
            .Where(file => !file.Fqn.Skip(1).SkipLast(1).Contains("generic", StringComparer.Ordinal))
            .Select(file => Read(package, file, "test", null, null, "data_tests", "tests"))
            .OfType<NodeDraft>()
            .ToList();

    /// <summary>Renders a draft once, to record its config and what it reads.</summary>
    public void Explore(NodeDraft draft, Func<RenderContext, JinjaSession, object?> render)
    {
        var context = new RenderContext(
            project,
            new RefRecorder(draft, project),
            new RenderedNode(
                draft.UniqueId,
                draft.Name,
                draft.Package,
                new ConfigObject(draft.Config, new JinjaDict()),
                new RelationObject(project.Catalog, project.Schema, draft.Name, "table", project.Dialect),
                NodeModels.Of(draft, project.Catalog, project.Schema, draft.Name)
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
    }

    private NodeDraft? Read(
        ProjectPackage package,
        PackageFile file,
        string type,
        NodePatch? patch,
        JinjaDict? defaults,
        params string[] section
    )
    {
        if (
            package.ReadText(file.FullPath) is not { } text
            || project.Templates.TryParse(text, file.Display, diagnostics) is not { } template
        )
        {
            return null;
        }

        var draft = new NodeDraft
        {
            ResourceType = type,
            Name = file.Name,
            Package = package.Name,
            Location = new SourceLocation(file.Display),
            Path = file.Path,
            Fqn = file.Fqn,
            Config = drafts.Config(package.Name, file.Fqn, patch?.Config, defaults, section),
            Patch = patch,
            Template = template,
            RawSql = text,
        };
        Explore(draft, (context, session) => session.Render(template, context.Names));
        drafts.ApplyProject(draft, section);
        new MacroCallCheck(project, diagnostics).Check(template, package.Name);
        return draft;
    }
}

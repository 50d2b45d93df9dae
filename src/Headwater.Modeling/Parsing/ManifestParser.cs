using Headwater.Kernel.Diagnostics;
using Headwater.Modeling.Graph;
using Headwater.Project;
using Headwater.Sql.Dialects;

namespace Headwater.Modeling.Parsing;

/// <summary>Parses a project: macros, properties, nodes, then names. Each stage reports all that it finds.</summary>
internal sealed class ManifestParser(
    ProjectFolder project,
    ModelingOptions options,
    TemplateCache templates,
    DiagnosticBag diagnostics
)
{
    public Manifest Parse()
    {
        var parsed = ReadShared();
        var drafts = new DraftFactory(project.Packages, package => new YamlRenderer(parsed, package, diagnostics));
        var (patches, entries) = ReadProperties(parsed);
        var byName = patches.ToLookup(patch => (patch.Kind, patch.Name.Text));
        var sources = new SourceParser(project, drafts, diagnostics).Sources(entries);
        var sql = new SqlParser(parsed, drafts, diagnostics);
        var seeds = new SeedParser(drafts);
        var found = new List<NodeDraft>();
        foreach (var package in project.Packages)
        {
            found.AddRange(sql.Models(package, byName));
            found.AddRange(seeds.Seeds(package, byName));
            found.AddRange(sql.SingularTests(package));
        }

        var nodes = new DraftTable(found, patches, diagnostics);
        var tests = new TestCollector(parsed, drafts, sql, diagnostics).Collect(nodes, sources, entries);
        var resolved = new NodeResolver(parsed, nodes, sources, tests, diagnostics).Resolve();
        var manifest = new Manifest(project, parsed, resolved, Hooks("on-run-start"), Hooks("on-run-end"));
        ReportCircle(manifest);
        return manifest;
    }

    private ParsedProject ReadShared()
    {
        var catalog = (project.Target.Output["database"] as Project.Yaml.YamlScalar)?.Text ?? "warehouse";
        var written = new ParsedProject
        {
            Folder = project,
            Macros = new MacroReader(templates, diagnostics).Read(project.Packages),
            Variables = new ProjectVariables(project.Packages, options.Variables),
            Templates = templates,
            Docs = new DocsReader(templates, diagnostics).Read(project.Packages),
            Environment = options.Environment,
            InvocationId = options.InvocationId,
            StartedAt = options.Clock.GetUtcNow(),
            Target = TargetValues.Of(project.Target, catalog, project.Settings.Threads),
            Dialect = DuckDbDialect.Instance,
            Catalog = catalog,
            Log = options.Log,
            Schema = project.Target.Schema,
            Warn = diagnostics.Add,
        };
        var target = TargetValues.Of(
            project.Target,
            catalog,
            project.Settings.Threads,
            new YamlRenderer(written, project.Name, diagnostics).Render
        );
        return written with { Target = target, Schema = Jinja.Values.Text.Str(target["schema"]) };
    }

    private (List<NodePatch> Patches, List<SourceEntry> Sources) ReadProperties(ParsedProject parsed)
    {
        var patches = new List<NodePatch>();
        var sources = new List<SourceEntry>();
        foreach (var package in project.Packages)
        {
            var reader = new PropertyReader(package, new YamlRenderer(parsed, package.Name, diagnostics), diagnostics);
            var (read, entries) = reader.Read();
            patches.AddRange(read);
            sources.AddRange(entries);
        }

        return (patches, sources);
    }

    private List<HookText> Hooks(string key)
    {
        var hooks = new List<HookText>();
        foreach (var package in project.Packages)
        {
            switch (package.File[key])
            {
                case Project.Yaml.YamlScalar { IsNull: false } scalar:
                    hooks.Add(new HookText(scalar.Text, package.Name, scalar.Location));
                    break;
                case Project.Yaml.YamlSequence sequence:
                    hooks.AddRange(
                        sequence
                            .Items.OfType<Project.Yaml.YamlScalar>()
                            .Select(item => new HookText(item.Text, package.Name, item.Location))
                    );
                    break;
            }
        }

        return hooks;
    }

    private void ReportCircle(Manifest manifest)
    {
        if (manifest.Graph.FindCircle() is not { } circle)
        {
            return;
        }

        var names = circle.Select(id => manifest.Nodes[id].Name);
        diagnostics.Add(
            ModelingDiagnostics.CircularRef.At(manifest.Nodes[circle[0]].Location, string.Join(" → ", names))
        );
    }
}

using Headwater.Kernel.Diagnostics;
using Headwater.Project;
using Headwater.Project.Yaml;

namespace Headwater.Modeling.Parsing;

/// <summary>Puts together what every rendering of a project shares.</summary>
internal sealed class SharedReader(
    ProjectFolder project,
    ModelingOptions options,
    TemplateCache templates,
    DiagnosticBag diagnostics
)
{
    /// <summary>Reads it from the files.</summary>
    public ParsedProject Read() =>
        With(
            new MacroReader(templates, diagnostics).Read(project.Packages),
            new DocsReader(templates, diagnostics).Read(project.Packages)
        );

    /// <summary>The same with macros and documentation that are known.</summary>
    public ParsedProject With(MacroLibrary macros, DocLibrary docs)
    {
        var catalog = Catalog();
        var written = new ParsedProject
        {
            Folder = project,
            Macros = macros,
            Variables = new ProjectVariables(project.Packages, options.Variables),
            Templates = templates,
            Docs = docs,
            Environment = options.Environment,
            InvocationId = options.InvocationId,
            StartedAt = options.Clock.GetUtcNow(),
            MomentRead = options.MomentRead,
            KeepsExplorations = options.KeptIn is not null,
            Target = TargetValues.Of(project.Target, catalog, project.Settings.Threads),
            Dialect = Dialects.Of(project.Target.Type),
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

    /// <summary>The hooks of the project and its packages.</summary>
    /// <param name="key"><c>on-run-start</c> or <c>on-run-end</c>.</param>
    public IReadOnlyList<Graph.HookText> Hooks(string key)
    {
        var hooks = new List<Graph.HookText>();
        foreach (var package in project.Packages)
        {
            switch (package.File[key])
            {
                case YamlScalar { IsNull: false } scalar:
                    hooks.Add(new Graph.HookText(scalar.Text, package.Name, scalar.Location));
                    break;
                case YamlSequence sequence:
                    hooks.AddRange(
                        sequence
                            .Items.OfType<YamlScalar>()
                            .Select(item => new Graph.HookText(item.Text, package.Name, item.Location))
                    );
                    break;
            }
        }

        return hooks;
    }

    // Until there is a connection, the database is what the profile calls it.
    private string Catalog() =>
        project.Target.DuckDb?.Catalog
        ?? ((string[])["database", "dbname"])
            .Select(key => project.Target.Output[key] as YamlScalar)
            .FirstOrDefault(value => value is { IsNull: false })
            ?.Text
        ?? "warehouse";
}
